/** A picture as a model's input. */

/** A model and what it is given. */
export interface Case {
  /** The id in models/models.json. */
  model: string;
  /** Height and width of the input. */
  size: readonly [number, number];
  /** What 0 and 255 become. */
  range: readonly [number, number];
}

/** The picture's pixels, the nearest one for each place, so that every machine gets the same numbers. */
export function inputOf(picture: ImageBitmap, { size: [height, width], range: [low, high] }: Case): Float32Array {
  const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
  if (!context) throw new Error('This browser gives no canvas to read the picture with.');
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(0, 0, picture.width, picture.height);
  const input = new Float32Array(height * width * 3);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor((y * picture.height) / height) * picture.width;
    for (let x = 0; x < width; x += 1) {
      const from = (row + Math.floor((x * picture.width) / width)) * 4;
      for (let channel = 0; channel < 3; channel += 1) {
        input[(y * width + x) * 3 + channel] = low + ((high - low) * (data[from + channel] ?? 0)) / 255;
      }
    }
  }
  return input;
}

/** Loads a picture. */
export async function loadPicture(address: string): Promise<ImageBitmap> {
  return createImageBitmap(await (await fetch(address)).blob());
}
