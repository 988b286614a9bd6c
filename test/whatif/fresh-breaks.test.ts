import { describe, expect, it } from 'vitest';
import type { Covariate } from '../../src/spec/model-spec.ts';
import { freshBreaks, freshBreaksNotes } from '../../src/whatif/fresh-breaks.ts';
import { randomPanel } from '../reference/random-panel.ts';
import type { Row } from '../reference/table.ts';
import { draws } from '../support/table-file.ts';
import { panelSpec } from '../support/run-rows.ts';
import { plainKeptSums } from './plain-kept-sums.ts';
import { noteTexts } from '../support/note-texts.ts';

const covariates: readonly Covariate[] = [
  { name: 'kids', coding: 'values', min: 0, max: 4 },
  { name: 'wage', coding: 'quantiles', groups: 4, zero: 'separate' },
  { name: 'income', coding: 'quantiles', groups: 3 },
  { name: 'inflow', column: 'inflow_{horizon}', coding: 'equal-width', groups: 4 },
];
const spec = panelSpec(covariates);
const rows = randomPanel(17, { persons: 40 });
const keptOf = (table: readonly Row[], using = spec) => plainKeptSums({ spec: using, rows: table, outcomes: ['hours3'] });
const kept = keptOf(rows);
const months = kept.months.map(({ month }) => month);
const within = (chosen: readonly number[]): Row[] => rows.filter((row) => chosen.some((month) => row['month'] === `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`));

describe('fresh breaks', () => {
  it('are the frozen ones over the months of the fit', () => {
    expect(freshBreaks(kept, spec, months)).toEqual({ differ: [], mayDiffer: [] });
    expect(freshBreaksNotes({ differ: [], mayDiffer: [] })).toEqual([]);
  });

  it('never stay where the counts are said to prove that they move', () => {
    const next = draws(5);
    const seen = { proven: 0, open: 0 };
    for (let k = 0; k < 60; k++) {
      const chosen = months.filter(() => next() < 0.3 + 0.65 * next());
      if (chosen.length === 0 || chosen.length === months.length) continue;
      const { differ, mayDiffer } = freshBreaks(kept, spec, chosen);
      expect([...differ, ...mayDiffer].sort()).toEqual(['income', 'inflow', 'wage']);
      const fresh = keptOf(within(chosen));
      for (const name of differ) {
        const breaksIn = (sums: typeof kept) => sums.breaks.find(({ covariate }) => covariate === name)!.breaks;
        expect(breaksIn(fresh)).not.toEqual(breaksIn(kept));
      }
      seen.proven += differ.length;
      seen.open += mayDiffer.length;
    }
    expect(Math.min(seen.proven, seen.open)).toBeGreaterThan(20);
  });

  it('are not proven to move where missing values or another horizon stand between', () => {
    const apart = rows.map((row) => (row['month'] === '2018-01' ? { ...row, inflow_3: -0.1, income: 10 } : row));
    const two = keptOf(apart);
    const chosen = months.slice(0, 1);
    expect(freshBreaks(two, spec, chosen).differ).toContain('income');
    const missing = covariates.map((covariate): Covariate => (covariate.name === 'income' ? { ...covariate, missing: 'reference' } as Covariate : covariate));
    expect(freshBreaks(two, panelSpec(missing), chosen).mayDiffer).toContain('income');
    expect(freshBreaks(two, spec, months.slice(1)).differ).toContain('inflow');
    const common = covariates.map((covariate): Covariate => (covariate.name === 'inflow' ? { ...covariate, scale: 'common' } as Covariate : covariate));
    expect(freshBreaks(two, panelSpec(common), months.slice(1)).mayDiffer).toContain('inflow');
  });

  it('are told in words', () => {
    expect(noteTexts(freshBreaksNotes({ differ: ['wage', 'income'], mayDiffer: ['inflow'] }))).toEqual([
      'breaks are those of the fit; computed over these months they would differ for wage, income.',
      'breaks are those of the fit; computed over these months they may differ for inflow.',
    ]);
  });
});
