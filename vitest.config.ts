import { availableParallelism } from 'node:os';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findChromium } from './test/support/chromium.ts';
import { alias } from './vite.config.ts';

// Milliseconds. No test asks how fast anything is: these only catch what hangs, on however busy a machine.
const deadline = 300_000;
const deadlines = { testTimeout: deadline, hookTimeout: deadline, teardownTimeout: deadline };

// Left to itself the runner keeps one processor idle.
const maxWorkers = availableParallelism();

const projects = [
  {
    test: {
      name: 'node',
      include: ['test/**/*.test.ts'],
      exclude: ['test/browser/**'],
      environment: 'node' as const,
      maxWorkers,
      ...deadlines,
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
      maxWorkers,
      ...deadlines,
      browser: {
        enabled: true,
        headless: true,
        // One page at a time: two would take turns at being seen.
        fileParallelism: false,
        screenshotFailures: false,
        connectTimeout: deadline,
        provider: playwright({ launchOptions: findChromium(), actionTimeout: deadline / 2 }),
        instances: [{ browser: 'chromium' as const }],
      },
    },
  },
];

export default defineConfig({ test: { projects } });
