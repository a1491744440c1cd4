/** Rows of (index, weight) pairs in flat typed arrays, and the pack's sections read into them. */

export interface Rows {
  /** Where each row ends. */
  ends: Uint32Array;
  /** Ascending within a row. */
  indices: Uint32Array;
  weights: Uint16Array;
}

/** Where a row begins. */
export const startOf = (rows: Rows, row: number): number => (row === 0 ? 0 : (rows.ends[row - 1] as number));

/** Where a row ends. */
export const endOf = (rows: Rows, row: number): number => rows.ends[row] as number;

/** The weight at (`row`, `index`), 0 where there is none. */
export function weightAt(rows: Rows, row: number, index: number): number {
  let low = startOf(rows, row);
  let high = endOf(rows, row);
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = rows.indices[middle] as number;
    if (found === index) return rows.weights[middle] as number;
    if (found < index) low = middle + 1;
    else high = middle;
  }
  return 0;
}

/** Puts lists of pairs into flat arrays. */
export function flatten(lists: readonly (readonly [index: number, weight: number])[][]): Rows {
  const pairs = lists.reduce((sum, list) => sum + list.length, 0);
  const rows = {
    ends: new Uint32Array(lists.length),
    indices: new Uint32Array(pairs),
    weights: new Uint16Array(pairs),
  };
  let at = 0;
  lists.forEach((list, row) => {
    for (const [index, weight] of list) {
      rows.indices[at] = index;
      rows.weights[at] = weight;
      at += 1;
    }
    rows.ends[row] = at;
  });
  return rows;
}

/** Rows become columns, each in ascending order of the former row. */
export function transposed(rows: Rows, columns: number): Rows {
  const lists: [number, number][][] = Array.from({ length: columns }, () => []);
  for (let row = 0; row < rows.ends.length; row += 1) {
    for (let at = startOf(rows, row); at < endOf(rows, row); at += 1) {
      lists[rows.indices[at] as number]?.push([row, rows.weights[at] as number]);
    }
  }
  return flatten(lists);
}

/** The section `rules`: number of items (u32), then per item weight (f32), count and gaps (LEB128), shares (u16). */
export function readRules(bytes: Uint8Array): { rows: Rows; scales: Float64Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 4;
  const leb128 = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = view.getUint8(at++);
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const items = view.getUint32(0, true);
  const scales = new Float64Array(items);
  const lists: [number, number][][] = [];
  for (let item = 0; item < items; item += 1) {
    scales[item] = view.getFloat32(at, true);
    at += 4;
    const row: [number, number][] = [];
    let other = 0;
    for (let left = leb128(); left > 0; left -= 1) {
      other += leb128();
      row.push([other, 0]);
    }
    for (const pair of row) {
      pair[1] = view.getUint16(at, true);
      at += 2;
    }
    lists.push(row);
  }
  return { rows: flatten(lists), scales };
}

/** The section `popularity`: one u32 count per item. */
export function readPopularity(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(bytes.slice().buffer);
}
