#!/usr/bin/env node
import { existsSync } from 'node:fs';

const built = new URL('../dist/engine/entry/cli.js', import.meta.url);
if (existsSync(built)) {
  const { runCli } = await import(built.href);
  process.exitCode = await runCli(process.argv.slice(2));
} else {
  process.stderr.write('arbeidsindikator is not built yet: run "npm run build" in its folder first.\n');
  process.exitCode = 70;
}
