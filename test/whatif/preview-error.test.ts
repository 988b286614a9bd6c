import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { estimationMath } from '../../src/estimate/math.ts';
import type { WhatIfRun } from '../../src/pipeline.ts';
import type { WhatIfAnswer, WhatIfRequest } from '../../src/whatif/answer.ts';
import { previewErrorNotes } from '../../src/whatif/preview-error-notes.ts';
import { trustedError } from '../../src/whatif/preview-error.ts';
import { openWhatIf } from '../../src/whatif/what-if.ts';
import type { LoadedRows } from '../../src/workers/load-rows.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { open } from '../kernels/open.ts';
import type { Row } from '../reference/table.ts';
import { built, defaultOptions, openBuiltPool } from '../support/built-engine.ts';
import { noteTexts } from '../support/note-texts.ts';
import { outcomes, panelSpec } from '../support/run-rows.ts';
import { draws } from '../support/table-file.ts';
import { writeTable } from '../support/write-table.ts';

// Of those at level d of `cohort`, 97 in a hundred have the outcome; of the others a third.
const next = draws(9);
const rows: Row[] = Array.from({ length: 3000 }, (_, k) => {
  const person = Math.floor(k / 6);
  const cohort = person % 25 === 0 ? 'd' : ['a', 'b', 'c'][person % 3]!;
  const flag = next() < 0.5;
  const share = cohort === 'd' ? 0.97 : 0.3 + (flag ? 0.1 : 0) + (cohort === 'b' ? 0.05 : 0);
  return { person_id: person, month: `2018-0${(k % 6) + 1}`, cohort, flag, county: cohort === 'd' ? 'North' : person % 2 === 0 ? 'East' : 'West', job3: Number(next() < share) };
});
const spec = panelSpec([{ name: 'cohort', coding: 'values', reference: 'a' }, { name: 'flag', coding: 'values', min: 0, max: 1, reference: 0 }], { outcomes: [outcomes.job3] });
const by = [['county']];
let pool: Pool;
let run: WhatIfRun;
let preview: (request: WhatIfRequest) => WhatIfAnswer;
let rowsHere: ReturnType<typeof writeTable>;
beforeAll(async () => {
  pool = await openBuiltPool(1);
});
afterAll(() => pool.close());

async function opened(): Promise<void> {
  if (run !== undefined) return;
  rowsHere = writeTable(rows, { format: 'arrow' });
  const { loadRows } = (await built('workers/load-rows.js')) as { loadRows(request: object): Promise<LoadedRows> };
  const { runWhatIf } = (await built('pipeline.js')) as { runWhatIf(request: object, rows: LoadedRows): Promise<WhatIfRun> };
  const loaded = await loadRows({ spec, source: { files: rowsHere }, by, where: null, pool, onProgress: () => {} });
  run = await runWhatIf({ spec, options: { ...defaultOptions, by }, pool }, loaded);
  preview = openWhatIf(run.result, estimationMath(await open()));
}

/** Distances of a preview from the exact answer, with their error sizes. */
async function distances(request: WhatIfRequest): Promise<{ group: string; off: number; size: number }[]> {
  await opened();
  const [near, exact] = [preview(request), await run.whatIf(request)];
  expect([near.firstOrder, exact.firstOrder]).toEqual([['job3'], []]);
  expect(exact.errors.every((sizes) => sizes.every((size) => size === 0))).toBe(true);
  return near.tables.flatMap((table, t) => [...table.expected.keys()].map((row) => ({
    group: table.groups[0]?.[row] ?? '', off: Math.abs(table.expected[row]! - exact.tables[t]!.expected[row]!), size: near.errors[t]![row]!,
  })));
}

describe('the error size of a preview', () => {
  it('says of a level with nearly everybody that the preview is not to be trusted without it', async () => {
    const found = await distances({ model: { drop: ['cohort'] } });
    const north = found.filter(({ group }) => group === 'North');
    expect(north.length).toBe(6);
    for (const { off, size } of north) {
      expect(off).toBeGreaterThan(0.1);
      expect(size).toBeGreaterThan(off);
      expect(size).toBeGreaterThan(10 * trustedError);
    }
    for (const { off, size } of found) expect(off).toBeLessThanOrEqual(size + 1e-6);
  });

  it('is a bound where people change, and small where little does', async () => {
    for (const { off, size } of await distances({ people: [{ kind: 'set', covariate: 'cohort', level: 'a', group: { county: 'North' } }] })) expect(off).toBeLessThanOrEqual(size + 1e-6);
    const few = await distances({ people: [{ kind: 'set', covariate: 'flag', level: '1' }] });
    for (const { off, size } of few) {
      expect(off).toBeLessThanOrEqual(size + 1e-6);
      expect(size).toBeLessThan(trustedError);
    }
    expect(Math.max(...few.map(({ size }) => size))).toBeGreaterThan(1e-4);
  });

  it('is nothing where nothing changes', async () => {
    for (const { off, size } of await distances({ model: {} })) expect([off < 1e-6, size < 1e-6]).toEqual([true, true]);
  });

  it('is told in a note, with how many numbers are not to be trusted', async () => {
    await opened();
    const [note] = noteTexts(previewErrorNotes(preview({ model: { drop: ['cohort'] } })));
    expect(note).toMatch(/^job3: the error of the preview is at most about \d+(\.\d)? points? for the whole; \d+ of 24 numbers may be off by more than 2 points and are not to be trusted\.$/);
  });
});
