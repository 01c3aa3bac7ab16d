import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const from = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Beside the service, which serves it: see `apps/scheduler/http/dashboard-files.ts`. */
export default defineConfig({
  root: from('.'),
  base: '/',
  publicDir: false,
  cacheDir: from('../../node_modules/.cache/vite'),
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // `npx vite apps/dashboard`: the page as it is written, asking a service that runs.
  server: { proxy: { '/v1': process.env.SYNCOPATE_URL ?? 'http://127.0.0.1:7070' } },
  build: {
    outDir: from('../../dist/apps/dashboard'),
    emptyOutDir: true,
    target: 'es2022',
    // The policy of the page allows files of its own only: nothing inline, and no data: in their place.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
