import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../support/command-line.ts';

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'withheld-'));
});
afterAll(() => rmSync(home, { recursive: true }));

type Columns = Readonly<Record<string, readonly (string | number | null)[]>>;
interface Answer {
  readonly tables: readonly { readonly by: readonly string[]; readonly columns: Columns }[];
  readonly noteCodes: readonly { readonly code: string }[];
}

const fixture = (trial: string, file: string): string => fileURLToPath(new URL(`../fixtures/trials/${trial}/${file}`, import.meta.url));

async function answers(trial: string, by: string, ...question: string[]): Promise<{ bundle: Answer; rows: Answer }> {
  const run = await runCommand(home, ['run', fixture(trial, 'data.csv'), '--model', fixture(trial, 'model.json'), '--out', trial, '--by', by, '--bundle', '--workers', '1', '--quiet']);
  expect([run.code, run.stderr]).toEqual([0, '']);
  const ask = async (...more: string[]): Promise<Answer> => {
    const { code, stdout, stderr } = await runCommand(home, ['whatif', `${trial}/bundle.arrow`, ...question, '--json', '--quiet', ...more]);
    expect([code, stderr]).toEqual([0, '']);
    return JSON.parse(stdout) as Answer;
  };
  return { bundle: await ask(), rows: await ask('--data', fixture(trial, 'data.csv'), '--workers', '1') };
}

/** Rows of a table as labels and the number of a column. */
function numbersOf({ tables }: Answer, by: readonly string[], column: string): Record<string, (number | null)[]> {
  const { columns } = tables.find((table) => table.by.join() === by.join())!;
  const found: Record<string, (number | null)[]> = {};
  columns.n!.forEach((_, row) => (found[by.map((name) => columns[name]![row]).join(' ')] ??= []).push(columns[column]![row] as number | null));
  return found;
}

const codes = ({ noteCodes }: Answer): string[] => noteCodes.map(({ code }) => code);

describe('a change that falls on withheld people', () => {
  it('is told of no sum with them in it: group-withheld-whole', async () => {
    const { bundle, rows } = await answers('group-withheld-whole', 'county', '--set', 'edu=high', '--group', 'county=Troms');
    expect(new Set(numbersOf(bundle, [], 'state')[''])).toEqual(new Set(['withheld']));
    expect(numbersOf(bundle, [], 'expected')['']!.every((value) => value === null)).toBe(true);
    expect(codes(bundle)).toContain('warning.what-if-withheld');
    // With the rows the whole is answered, and Troms is not shown.
    for (const value of numbersOf(rows, [], 'expected')['']!) expect(value).toBeCloseTo(6.974, 3);
    expect(numbersOf(rows, ['county'], 'expected').Troms!.every((value) => value === null)).toBe(true);
    expect(numbersOf(rows, ['county'], 'expected').Oslo!.every((value) => value !== null)).toBe(true);
  });

  it('is told where all of it can be seen: group-withheld-breakdown', async () => {
    const { bundle, rows } = await answers('group-withheld-breakdown', 'county,county+grp', '--set', 'edu=high', '--group', 'grp=S');
    const expected = (answer: Answer): Record<string, (number | null)[]> => numbersOf(answer, ['county'], 'expected');
    for (const value of expected(rows).Agder!) expect(value).toBeCloseTo(10.442, 3);
    for (const value of numbersOf(rows, [], 'expected')['']!) expect(value).toBeCloseTo(9.638, 3);
    for (const value of expected(bundle).Oslo!) expect(value === null ? 9.035 : value).toBeCloseTo(9.035, 3);
    for (const value of [...expected(bundle).Agder!, ...numbersOf(bundle, [], 'expected')['']!]) expect(value).toBeNull();
    expect(codes(bundle)).toContain('warning.what-if-withheld');
  });

  it('of populations that are withheld in part leaves out the cell, not the part: separate-withheld', async () => {
    const { bundle, rows } = await answers('separate-withheld', 'county', '--reference', 'edu=mid');
    const table = (answer: Answer, column: string): number | null => numbersOf(answer, ['county'], column).Agder![0]!;
    expect([table(bundle, 'n'), table(bundle, 'actual'), table(bundle, 'expected'), table(bundle, 'state')]).toEqual([null, null, null, 'withheld']);
    const shown = numbersOf(rows, ['county'], 'state').Agder![0];
    if (String(shown) === 'withheld') return;
    expect(table(rows, 'n')).toBe(16);
    expect(table(rows, 'actual')).toBeCloseTo(6.4375, 9);
    expect(table(rows, 'expected')).toBeCloseTo(6.45399, 5);
  });
});
