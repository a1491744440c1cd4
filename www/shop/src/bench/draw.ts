/** Draws what a network found over the picture that it was given. */

/** Draws the first outputs of a network, its input being `side` pixels wide and high. */
export type Draw = (canvas: CanvasRenderingContext2D, outputs: readonly Float32Array[], side: number) => void;

type Colour = readonly [red: number, green: number, blue: number];

/** Readable on skin, cloth and leaves alike. */
const mark = '#ffe14a';
const ground: Colour = [43, 63, 140];

/** Background, hair, skin of the body, skin of the face, clothes, other. */
const kinds: readonly (Colour | undefined)[] = [
  undefined,
  [214, 69, 65],
  [244, 164, 96],
  [255, 225, 74],
  [64, 120, 220],
  [90, 190, 120],
];

/** Pairs of points of the body that are joined: face and hands left out. */
const bones = [
  ...[11, 12, 11, 13, 13, 15, 12, 14, 14, 16, 11, 23, 12, 24, 23, 24],
  ...[23, 25, 25, 27, 27, 29, 29, 31, 24, 26, 26, 28, 28, 30, 30, 32],
];
const bodyPoints = 33;
const numbersPerBodyPoint = 5;

/** Everything but the person gets a colour. */
export const drawPerson: Draw = (canvas, [mask], side) => {
  paint(canvas, side, (place) => [ground, 0.8 * (1 - (mask?.[place] ?? 0))]);
};

/** Each kind of place gets its colour. */
export const drawKinds: Draw = (canvas, [scores], side) => {
  const bestOf = (place: number) => {
    const score = (kind: number) => scores?.[place * kinds.length + kind] ?? 0;
    return kinds.reduce((best, _, kind) => (score(kind) > score(best) ? kind : best), 0);
  };
  paint(canvas, side, (place) => {
    const colour = kinds[bestOf(place)];
    return colour ? [colour, 0.6] : [ground, 0];
  });
};

/** A dot for each of the 468 points. */
export const drawFace: Draw = (canvas, [points], side) => {
  const scale = canvas.canvas.width / side;
  canvas.fillStyle = mark;
  for (let at = 0; at + 2 < (points?.length ?? 0); at += 3) {
    dot(canvas, (points?.[at] ?? 0) * scale, (points?.[at + 1] ?? 0) * scale, canvas.canvas.width / 280);
  }
};

/** Bones, and a dot for each point. */
export const drawBody: Draw = (canvas, [points], side) => {
  const scale = canvas.canvas.width / side;
  const place = (point: number): [number, number] => {
    const at = point * numbersPerBodyPoint;
    return [(points?.[at] ?? 0) * scale, (points?.[at + 1] ?? 0) * scale];
  };
  canvas.strokeStyle = canvas.fillStyle = mark;
  canvas.lineWidth = canvas.canvas.width / 160;
  canvas.beginPath();
  for (let at = 0; at + 1 < bones.length; at += 2) {
    canvas.moveTo(...place(bones[at] ?? 0));
    canvas.lineTo(...place(bones[at + 1] ?? 0));
  }
  canvas.stroke();
  for (let point = 0; point < bodyPoints; point += 1) dot(canvas, ...place(point), canvas.canvas.width / 110);
};

function dot(canvas: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  canvas.beginPath();
  canvas.arc(x, y, radius, 0, 2 * Math.PI);
  canvas.fill();
}

/** Lays a colour of some strength over every place of the network's picture. */
function paint(canvas: CanvasRenderingContext2D, side: number, colourOf: (place: number) => [Colour, number]): void {
  const layer = new OffscreenCanvas(side, side);
  const context = layer.getContext('2d');
  if (!context) return;
  const pixels = context.createImageData(side, side);
  for (let place = 0; place < side * side; place += 1) {
    const [[red, green, blue], strength] = colourOf(place);
    pixels.data.set([red, green, blue, Math.round(255 * strength)], place * 4);
  }
  context.putImageData(pixels, 0, 0);
  canvas.drawImage(layer, 0, 0, canvas.canvas.width, canvas.canvas.height);
}
