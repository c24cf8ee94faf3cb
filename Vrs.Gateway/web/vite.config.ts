import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// `npm run dev` serves the pages; everything else goes to a server that runs already.
const server = process.env.VRS_URL ?? 'https://localhost:8443';
const proxied = { target: server, secure: false, ws: true };

const page = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// The pages are plain files served by the gateway. Its content security policy allows no inline script or style, so
// nothing is inlined here: assets stay files and module preloading needs no injected code.
export default defineConfig({
  root: page('.'),
  build: {
    outDir: page('../wwwroot'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    rolldownOptions: {
      input: {
        signin: page('index.html'),
        caller: page('caller/index.html'),
        interpreter: page('interpreter/index.html'),
        phone: page('phone/index.html'),
        operations: page('operations/index.html'),
        audit: page('audit/index.html'),
      },
    },
  },
  server: { proxy: { '/api': proxied, '/hubs': proxied, '/sip': proxied } },
  test: {
    environment: 'happy-dom',
    include: ['**/*.test.ts', '**/*.test.tsx'],
    exclude: ['node_modules', 'e2e'],
    restoreMocks: true,
  },
});
