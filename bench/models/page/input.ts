/** A picture as a model's input. */
import type { Case } from './engines/engine.js';

/** Nearest pixels, so that every decoder and every machine gives the same numbers. */
export async function inputOf({ picture, range: [low, high], size: [height, width] }: Case): Promise<Float32Array> {
  const bitmap = await createImageBitmap(await (await fetch(`/pictures/${picture}.png`)).blob());
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  if (!context) throw new Error('This browser gives no canvas to read the picture with.');
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  const input = new Float32Array(height * width * 3);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor((y * bitmap.height) / height) * bitmap.width;
    for (let x = 0; x < width; x += 1) {
      const from = (row + Math.floor((x * bitmap.width) / width)) * 4;
      for (let channel = 0; channel < 3; channel += 1) {
        input[(y * width + x) * 3 + channel] = low + ((high - low) * (data[from + channel] ?? 0)) / 255;
      }
    }
  }
  return input;
}
