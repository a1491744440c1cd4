/** Assembles the loops that show what the machine can do at most. */
import { readFileSync, writeFileSync } from 'node:fs';
import binaryen from 'binaryen';
import { inHouse } from '../../scripts/lib/house.mjs';

/** The loops: `fused` for the relaxed-simd build, `separate` for the plain one. */
export const peaks = ['fused', 'separate'];

/** Writes `peak-NAME.wasm` into a folder. */
export function assemblePeaks(folder) {
  for (const name of peaks) {
    const module = binaryen.parseText(readFileSync(inHouse(`bench/models/peak/${name}.wat`), 'utf8'));
    module.setFeatures(binaryen.Features.SIMD128 | binaryen.Features.RelaxedSIMD);
    writeFileSync(`${folder}/peak-${name}.wasm`, module.emitBinary());
    module.dispose();
  }
}
