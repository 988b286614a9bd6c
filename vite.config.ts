import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The browser's blocking DuckDB is in the package but not among its exports. */
export const alias = {
  '@duckdb/duckdb-wasm/blocking': here('./node_modules/@duckdb/duckdb-wasm/dist/duckdb-browser-blocking.mjs'),
};

/** DuckDB's script has an `eval` in paths that are not taken here; the security policy would stop it. */
const checks = { eval: false, pluginTimings: false };

export default defineConfig({
  root: here('./web'),
  base: './',
  resolve: { alias },
  server: { fs: { allow: [here('.')] } },
  worker: { format: 'es', rolldownOptions: { checks } },
  build: {
    outDir: here('./dist/web'),
    emptyOutDir: true,
    // A file turned into a data: address would be stopped by the page's content security policy.
    assetsInlineLimit: 0,
    target: 'es2022',
    chunkSizeWarningLimit: 1536,
    rolldownOptions: { checks },
  },
});
