// Next.js starts with inline scripts; beyond them, only WebAssembly may be compiled.
const policy = "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";

export default {
  headers: async () => [{ source: '/:path*', headers: [{ key: 'Content-Security-Policy', value: policy }] }],
};
