/** The engines by name; each is loaded only when it is asked for, so that its cold start contains its own code and no other. */
import type { Model as ModelClass, ModelOptions } from '@vitrine/storefront/models';
import type { Case, Engine, Run } from './engine';

const load = <Module>(address: string): Promise<Module> => import(/* @vite-ignore */ address);

/** Ours, each build from a copy of the package of its own: two builds cannot run in one instance of the module. */
function ours(build: 'relaxed' | 'plain', options: ModelOptions): Engine {
  return {
    async open({ model }: Case): Promise<Run> {
      const { Model } = await load<{ Model: typeof ModelClass }>(`/${build}/dist/models.js`);
      const opened = await Model.open(`/models/${model}.plan`, options);
      const [{ name } = { name: '' }] = opened.inputs;
      return async (input) => Object.values(await opened.run({ [name]: input }));
    },
  };
}

export const engines = {
  litert: () => load<Engine>('/peers/litert.js'),
  ort: () => load<Engine>('/peers/ort.js'),
  relaxed: async () => ours('relaxed', {}),
  plain: async () => ours('plain', { wasm: '/plain/wasm/vitrine_models_simd_bg.wasm' }),
};

export type EngineName = keyof typeof engines;
