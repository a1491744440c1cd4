/** The two ways in which the WebAssembly module can be imported; the build knows them. */

/** What importing a `.wasm` file gives in workerd. */
declare module '*.wasm' {
  const module: WebAssembly.Module;
  export default module;
}

/** The module, compressed with gzip, in base 64. */
declare module 'module:packed' {
  const packed: string;
  export default packed;
}
