import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findChromium } from './test/support/chromium.ts';
import { alias } from './vite.config.ts';

const projects = [
  {
    test: {
      name: 'node',
      include: ['test/**/*.test.ts'],
      exclude: ['test/browser/**'],
      environment: 'node' as const,
    },
  },
  {
    resolve: { alias },
    // Found while tests run, a dependency would reload the page under them.
    optimizeDeps: {
      include: ['lit', 'lit/decorators.js', 'lit/directives/repeat.js', 'lit/directives/live.js', '@lit/localize', 'uplot', 'comlink', 'axe-core', 'valibot'],
      exclude: ['@duckdb/duckdb-wasm', 'parquet-wasm'],
    },
    test: {
      name: 'chromium',
      include: ['test/browser/**/*.test.ts'],
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({ launchOptions: findChromium() }),
        instances: [{ browser: 'chromium' as const }],
      },
    },
  },
];

export default defineConfig({ test: { projects } });
