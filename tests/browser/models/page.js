/** What `models.test.mjs` calls in the page; the package is the built one, as an application gets it. */
const json = async (address) => (await fetch(address)).json();

/** Each build from a copy of the package of its own: one instance of the module serves all models of a copy. */
const copyOf = (build) => import(`/www/package/dist/models.js?${build}`);
const moduleOf = (build) => `/www/package/wasm/vitrine_models_${build}_bg.wasm`;

async function open(id, { build = 'relaxed', thread = 'main' } = {}) {
  const { Model } = await copyOf(build);
  return Model.open(`/models/${id}.plan`, { thread, wasm: moduleOf(build) });
}

/** The nearest pixel for each place of a picture of that shape. */
async function fromPicture(picture, shape, [low, high]) {
  const planar = shape[1] === 3;
  const [height, width] = planar ? shape.slice(2) : shape.slice(1, 3);
  const bitmap = await createImageBitmap(await (await fetch(`/models/pictures/${picture}.png`)).blob());
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  const numbers = new Float32Array(3 * height * width);
  for (let place = 0; place < height * width; place += 1) {
    const row = Math.floor((Math.floor(place / width) * bitmap.height) / height);
    const column = Math.floor(((place % width) * bitmap.width) / width);
    for (let channel = 0; channel < 3; channel += 1) {
      const value = data[(row * bitmap.width + column) * 4 + channel];
      numbers[planar ? channel * height * width + place : place * 3 + channel] = low + ((high - low) * value) / 255;
    }
  }
  return numbers;
}

const inputOf = ({ numbers, picture, shape, range }) =>
  numbers ? Float32Array.from(numbers) : fromPicture(picture, shape, range);

async function golden(id) {
  const { input, outputs } = await json(`/tests/models/${id}.json`);
  return { given: { [input.name]: await inputOf(input) }, outputs };
}

globalThis.models = {
  async compare(id, build, thread) {
    const { given, outputs } = await golden(id);
    const model = await open(id, { build, thread });
    const answered = await model.run(given);
    const ran = model.thread;
    model.close();
    return {
      ran,
      outputs: outputs.map(({ name, length, step, largest, values }) => {
        const off = values.map((value, at) => Math.abs(value - answered[name][at * step]));
        const found = { name, length: answered[name].length, expected: length, compared: off.length, largest };
        return { ...found, difference: off.some(Number.isNaN) ? Infinity : Math.max(...off) };
      }),
    };
  },

  async layers(id, build) {
    // Another copy of the glue than the package's, whose facade does not trace.
    const { default: start, Network } = await import(`/www/package/wasm/vitrine_models.js?${build}`);
    const { memory } = await start({ module_or_path: moduleOf(build) });
    const plan = await (await fetch(`/models/${id}.plan`)).arrayBuffer();
    const network = Network.open(new Uint8Array(plan), false);
    const [given] = Object.values((await golden(id)).given);
    network.fit(Uint32Array.of(given.length));
    const view = (address, elements) => new Float32Array(memory.buffer, address, elements);
    view(...network.input(0)).set(given);
    const layers = new Map((await json(`/tests/models/layers/${id}.json`)).map((layer) => [layer.step, layer]));
    const found = [];
    network.trace((step, name, address, elements) => {
      const layer = layers.get(step);
      const numbers = view(address, elements);
      const off = layer?.values.map((value, at) => Math.abs(value - numbers[at * layer.stride])) ?? [];
      const worst = off.some(Number.isNaN) ? Infinity : Math.max(0, ...off);
      found.push({ step, name, expected: layer?.name, compared: off.length, off: worst / (layer?.scale || 1) });
    });
    network.free();
    return { found, expected: layers.size };
  },

  async chosen() {
    return (await copyOf('relaxed')).simdOfThisBrowser();
  },

  async repeat(id) {
    const { given, outputs } = await golden(id);
    const model = await open(id);
    const first = await model.run(given);
    const [name] = Object.keys(given);
    await model.run({ [name]: new Float32Array(given[name].length).fill(0.25) });
    const second = await model.run(given);
    const differs = ({ name: output }) => first[output].some((number, at) => number !== second[output][at]);
    return outputs.filter(differs).length;
  },

  async textLengths() {
    const { given } = await golden('use_multilingual');
    const model = await open('use_multilingual');
    const answers = [];
    for (const emb of [given.emb, given.emb.subarray(0, 3 * 512), given.emb])
      answers.push((await model.run({ emb })).embedding);
    return { lengths: answers.map(({ length }) => length), whole: answers[0].join(), alone: answers[2].join() };
  },

  async damaged(id, byte) {
    const { Model } = await copyOf('relaxed');
    const bytes = new Uint8Array(await (await fetch(`/models/${id}.plan`)).arrayBuffer());
    bytes[byte] ^= 1;
    try {
      await Model.open(bytes, { wasm: moduleOf('relaxed') });
    } catch ({ name, code }) {
      return { name, code };
    }
  },

  async refusal(lengths) {
    const model = await open('face_landmark');
    const inputs = Object.entries(lengths).map(([name, length]) => [name, new Float32Array(length)]);
    return model.run(Object.fromEntries(inputs)).then(
      () => 'it ran',
      ({ message }) => message,
    );
  },

  async closed(thread) {
    const { given } = await golden('face_landmark');
    const model = await open('face_landmark', { thread });
    model.close();
    model.close();
    return model.run(given).catch(({ code }) => code);
  },

  async missing(address) {
    const { Model } = await copyOf('relaxed');
    return Model.open(address, { wasm: moduleOf('relaxed') }).catch(({ message }) => message);
  },
};
