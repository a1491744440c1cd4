/** The type of `@vitrine/storefront/wasm`, for bundlers and runtimes that give a compiled module when it is imported. */

declare const module: WebAssembly.Module;
export default module;
