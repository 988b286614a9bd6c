import { readFileSync } from 'node:fs';
import { loadKernelModule } from '../../src/kernels/load-node.ts';
import { openKernels } from '../../src/kernels/wasm.ts';
import type { Kernels } from '../../src/kernels/kernels.ts';
import type { Columns } from '../../src/synthetic/columns.ts';
import { openDraws } from '../../src/synthetic/draws.ts';
import { blocksOf, drawBlocks, type Population } from '../../src/synthetic/population.ts';
import { analysisTable, type TableColumn } from '../../src/synthetic/table.ts';

export const kernels: Kernels = openKernels(await loadKernelModule());

export const drawAll = (population: Population): Columns =>
  drawBlocks(population, openDraws(kernels, population.seed), { from: 0, to: blocksOf(population.rows) });

/** A column of the analysis table as numbers, NaN where missing. */
export const numbers = (table: ReadonlyMap<string, TableColumn>, name: string): Float64Array => {
  const column = table.get(name)!;
  const missing = column.kind === 'label' ? null : column.missing;
  return Float64Array.from(column.values, (value, row) => (missing?.[row] ? NaN : value));
};

export const tableOf = (population: Population): Map<string, TableColumn> => analysisTable(drawAll(population));

export const mean = (values: ArrayLike<number>, of: (row: number) => boolean = () => true): number => {
  let sum = 0;
  let count = 0;
  for (let row = 0; row < values.length; row++) {
    if (!of(row) || Number.isNaN(values[row])) continue;
    sum += values[row]!;
    count++;
  }
  return sum / count;
};

/** Rows of a reference table as records. */
export const reference = (name: string): Record<string, string>[] => table(new URL(`../fixtures/reference/${name}.csv`, import.meta.url));

export const table = (path: URL): Record<string, string>[] => {
  const text = readFileSync(path, 'utf8');
  const cells = (line: string): string[] => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((match) => match[1]!.replace(/^"|"$/g, ''));
  const [header, ...lines] = text.trim().split('\n');
  const names = cells(header!);
  return lines.map((line) => Object.fromEntries(cells(line).slice(0, names.length).map((cell, k) => [names[k]!, cell])));
};
