import { columnReading } from '../../src/guards/column-reading.ts';
import { main } from '../../src/spec/built-in.ts';
import { cellsOf, groupBy, isShare, labelIn, mean, names, observed, panelRun, sum } from './laboratory.ts';
import { contradicted, holds, type Judgements } from './verdict.ts';

/** Σ (actual − expected) over all rows of a group, of the whole where no breakdown is named. */
async function residualSums(name: string, by: readonly string[] = []): Promise<Map<string, number>> {
  const groups = groupBy(cellsOf(await panelRun(), name, by), ({ group }) => group);
  return new Map([...groups].map(([group, cells]) => [group, sum(cells.map(({ n, indicator }) => n * indicator))]));
}
const zero = (values: Iterable<number>): boolean => [...values].every((value) => Math.abs(value) < 1e-7);
const [hours, jobs] = [names.filter((name) => !isShare(name)), names.filter(isShare)];

async function every(of: readonly string[], claim: (name: string) => Promise<boolean>): Promise<boolean> {
  return (await Promise.all(of.map(claim))).every(Boolean);
}
const exact = (by: readonly string[]) => async (name: string): Promise<boolean> => zero((await residualSums(name, by)).values());
/** Mean over the period within half a percentage point of zero, or of hundredths of an hour. */
const close = (by: readonly string[]) => async (name: string): Promise<boolean> =>
  [...(await residualSums(name, by))].every(([group, total]) => Math.abs(total) < 0.005 * observed(name).filter((row) => by.every((column) => labelIn(row, column) === group)).length);

/** Sums that are zero for least squares alone: the claims of all four outcomes fail with X42. */
const exactForHoursOnly = async (by: readonly string[]) => contradicted('X42', { claim: await every(names, exact(by)), instead: (await every(hours, exact(by))) && (await every(jobs, close(by))) });

const rowResiduals = async (name: string, sex: string): Promise<number[]> => {
  const cells = cellsOf(await panelRun(), name, ['row']);
  const rows = new Map(observed(name).map((row) => [labelIn(row, 'row'), labelIn(row, 'sex')]));
  return cells.filter(({ group }) => rows.get(group) === sex).map(({ indicator }) => indicator);
};

/** Claims about what sums to zero, and about which levels can be read. */
export const zeroSumClaims: Judgements = {
  C046: () => exactForHoursOnly([]),
  C051: async () => holds(await every(hours, exact([]))),
  C150: () => exactForHoursOnly([]),
  C162: () => holds(main.outcomes.every((outcome) => ['county', 'office', 'support_group', 'measure'].every((column) => columnReading([column], outcome, main).level === 'comparable'))),
  C163: () => holds(main.outcomes.every((outcome) => ['female', 'age', 'country_group', 'children'].every((column) => columnReading([column], outcome, main).level === 'movement-only'))),
  C164: () => exactForHoursOnly(['sex']),
  C165: async () => holds((await every(names, close(['sex']))) && (await every(names, close([])))),
  C166: async () => holds(await every(hours, async (name) => zero([sum([...(await rowResiduals(name, 'f')), ...(await rowResiduals(name, 'm'))])]))),
  C167: async () => holds(await every(hours, async (name) => {
    const sums = [...(await residualSums(name, ['county'])).values()];
    return sums.some((value) => value > 1) && sums.some((value) => value < -1) && zero([sum(sums)]);
  })),
  C168: async () => holds((await every(names, close(['sex']))) && (await every(names, close(['flag'])))),
  C169: async () => {
    const own = await rowResiduals('hours3', 'f');
    return contradicted('X41', { claim: zero([sum(own.map((value) => value ** 2))]), instead: zero([sum(own)]) && mean(own.map((value) => value ** 2)) > 1 });
  },
  C170: async () => contradicted('X41', { claim: !zero((await residualSums('hours3', ['sex'])).values()), instead: zero((await residualSums('hours3', ['flag'])).values()) && !zero((await residualSums('job3', ['sex'])).values()) }),
};
