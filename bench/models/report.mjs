/** Prints what was measured, beside what was asked. */
const names = { litert: 'LiteRT.js', ort: 'ONNX Runtime', relaxed: 'ours, relaxed SIMD', plain: 'ours, plain SIMD' };
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(0)} KB`;

/** The loop that an engine's share of the peak is counted against. */
const loops = { relaxed: 'fused', plain: 'separate', litert: 'fused', ort: 'separate' };

export function report(lines, { peaks, models }) {
  console.log();
  for (const [name, rate] of Object.entries(peaks)) {
    lines.note(`peak of this machine, ${name} multiply-add`, `${(rate / 1e9).toFixed(1)} billion a second`);
  }
  for (const { model, multiplyAdds, asked, warm, cold, differences, largest } of models) {
    console.log(`\n${model.id}, ${(multiplyAdds / 1e6).toFixed(0)} million multiply-adds`);
    for (const [engine, milliseconds] of Object.entries(warm)) {
      const { cold: start, raw, gzip } = cold[engine];
      const share = multiplyAdds / (milliseconds / 1000) / peaks[loops[engine]];
      const time = `${milliseconds.toFixed(2)} ms a run (${(share * 100).toFixed(0)} % of the peak), ${start.toFixed(0)} ms cold`;
      lines.note(`  ${names[engine]}`, `${time}, ${kilobytes(raw)} shipped (${kilobytes(gzip)} gzip)`);
    }
    const off = Object.entries(differences).filter(([engine]) => engine !== 'litert');
    const said = off.map(([engine, most]) => `${names[engine]} ${most.toPrecision(2)}`).join(', ');
    lines.note('  largest difference from LiteRT.js', `${said}; the largest number is ${largest.toFixed(1)}`);
    lines.atMost('  relaxed SIMD against LiteRT.js', warm.relaxed / warm.litert, asked.relaxed, 'x', 2);
    lines.atMost('  plain SIMD against ONNX Runtime', warm.plain / warm.ort, asked.plain, 'x', 2);
    lines.atMost('  cold start against LiteRT.js', cold.relaxed.cold / cold.litert.cold, asked.cold, 'x', 2);
  }
}
