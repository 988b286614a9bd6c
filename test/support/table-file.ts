import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { RegisterFile } from '../../src/register/partition.ts';

/** A CSV file of rows, gone when the test is over. */
export function tableFile(rows: readonly Record<string, string | number>[], name = 'rows.csv'): RegisterFile {
  const folder = mkdtempSync(join(tmpdir(), 'table-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const names = Object.keys(rows[0]!);
  const path = join(folder, name);
  writeFileSync(path, `${names.join(',')}\n${rows.map((row) => names.map((column) => row[column]).join(',')).join('\n')}\n`);
  return { name, format: 'csv', bytes: statSync(path).size, location: { path } };
}

/** Numbers in [0, 1) that look random and are the same every time (a linear congruential generator). */
export function draws(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296;
}
