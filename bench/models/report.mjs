/** Prints what was measured. */
const names = { litert: 'LiteRT.js', ort: 'ONNX Runtime' };
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(0)} KB`;

export function report(lines, { peaks, models }) {
  console.log();
  for (const [name, rate] of Object.entries(peaks)) {
    lines.note(`peak of this machine, ${name} multiply-add`, `${(rate / 1e9).toFixed(1)} billion a second`);
  }
  for (const { model, warm, cold, differences, largest } of models) {
    console.log(`\n${model.id}`);
    for (const [engine, milliseconds] of Object.entries(warm)) {
      const { cold: start, raw, gzip } = cold[engine];
      const bytes = `${kilobytes(raw)} shipped (${kilobytes(gzip)} gzip)`;
      lines.note(`  ${names[engine]}`, `${milliseconds.toFixed(2)} ms a run, ${start.toFixed(0)} ms cold, ${bytes}`);
    }
    const off = Object.entries(differences).map(([engine, most]) => `${names[engine]} ${most.toPrecision(2)}`);
    lines.note('  largest difference from LiteRT.js', `${off.join(', ')}; the largest number is ${largest.toFixed(1)}`);
  }
}
