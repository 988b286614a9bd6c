import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findChromium } from './test/support/chromium.ts';
import { alias } from './vite.config.ts';

// Of a test that takes a second on a quiet machine: several suites at once on two cores are slow company.
const testTimeout = 30_000;

const projects = [
  {
    test: {
      name: 'node',
      include: ['test/**/*.test.ts'],
      exclude: ['test/browser/**'],
      environment: 'node' as const,
      testTimeout,
    },
  },
  {
    resolve: { alias },
    // Found while tests run, a dependency would reload the page under them.
    optimizeDeps: {
      include: ['lit', 'lit/decorators.js', 'lit/directives/guard.js', 'lit/directives/repeat.js', '@lit/localize', 'uplot', 'comlink', 'apache-arrow', 'fzstd', 'valibot', 'axe-core'],
      exclude: ['@duckdb/duckdb-wasm', 'parquet-wasm'],
    },
    test: {
      name: 'chromium',
      include: ['test/browser/**/*.test.ts'],
      testTimeout,
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
