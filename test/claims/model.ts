import { main } from '../../src/spec/built-in.ts';
import type { Fit } from '../../src/estimate/fit.ts';
import { normalCdf, normalQuantile } from '../reference/distributions.ts';
import { leastSquares } from '../reference/least-squares.ts';
import { fitProbit } from '../reference/probit.ts';
import { panelSpec } from '../support/run-rows.ts';
import { cellsOf, groupBy, isShare, labelIn, mean, names, near, numberIn, observed, panel, panelRun, run, sum } from './laboratory.ts';
import { contradicted, holds, type Judgements } from './verdict.ts';

const estimated = (fit: Fit) => fit.coefficients.filter(({ status }) => status === 'estimated');
const fitOf = async (name: string): Promise<Fit> => (await panelRun()).fits.find(({ outcome }) => outcome === name)!;
const inverseLink = (name: string, index: number): number => (isShare(name) ? normalCdf(index) : index);

/** Columns of the model's dummies over the rows that have the outcome. */
function design(fit: Fit): { columns: Float64Array[]; y: Float64Array } {
  const rows = observed(fit.outcome);
  const columns = estimated(fit).map(({ term, level }) => Float64Array.from(rows, (row) => (level === '' ? 1 : Number(labelIn(row, term) === level))));
  return { columns, y: Float64Array.from(rows, (row) => numberIn(row, fit.outcome)) };
}
const indices = (columns: readonly Float64Array[], beta: readonly number[]): number[] => Array.from(columns[0]!, (_, i) => sum(columns.map((column, j) => column[i]! * beta[j]!)));

/** Whether the criterion is worse wherever one coefficient is moved either way. */
async function isBest(name: string, criterion: (y: number, index: number) => number): Promise<boolean> {
  const fit = await fitOf(name);
  const { columns, y } = design(fit);
  const beta = estimated(fit).map(({ estimate }) => estimate!);
  const at = (b: readonly number[]): number => sum(indices(columns, b).map((index, i) => criterion(y[i]!, index)));
  return beta.every((_, j) => [-0.01, 0.01].every((step) => at(beta.with(j, beta[j]! + step)) > at(beta)));
}
const logLoss = (y: number, index: number): number => -Math.log(normalCdf(y > 0 ? index : -index));

async function matches(name: string): Promise<boolean> {
  const fit = await fitOf(name);
  const { columns, y } = design(fit);
  const beta = isShare(name) ? fitProbit(columns, y).beta : leastSquares(columns, y).beta;
  return estimated(fit).every(({ estimate }, j) => near(estimate!, beta[j]!, 1e-7));
}

/** Expected values of single rows, beside the row. */
async function perRow(name: string) {
  return cellsOf(await panelRun(), name, ['row']).map((cell) => ({ ...cell, row: panel[Number(cell.group)]! }));
}

/** Claims about the models and the indicator that are made of them. */
export const modelClaims: Judgements = {
  C024: () => holds(main.outcomes.length === 4 && main.outcomes.filter(({ family }) => family === 'gaussian').map(({ name }) => name).join() === 'atid3,atid12' && main.outcomes.filter(({ family }) => family === 'probit').map(({ name }) => name).join() === 'jobb3,jobb12'),
  C042: async () => {
    // One expected value for one set of characteristics, whoever has them and whenever.
    const found = await Promise.all(names.map(async (name) => {
      const byPattern = groupBy(await perRow(name), ({ row }) => `${row['sex']} ${row['flag']} ${row['kids']}`);
      return [...byPattern.values()].every((cells) => cells.every(({ expected }) => near(expected, cells[0]!.expected, 1e-12))) && [...byPattern.values()].some((cells) => new Set(cells.map(({ period }) => period)).size > 5);
    }));
    return holds(found.every(Boolean));
  },
  C043: async () => {
    const found = await Promise.all(names.map(async (name) => {
      const terms = estimated(await fitOf(name));
      const index = (row: (typeof panel)[number]): number => sum(terms.map(({ term, level, estimate }) => (level === '' || labelIn(row, term) === level ? estimate! : 0)));
      return (await perRow(name)).every(({ row, expected }) => near(expected, inverseLink(name, index(row))));
    }));
    return holds(found.every(Boolean));
  },
  C044: async () => {
    const rows = panel.map((row) => ({ ...row, wages: 100 + 200 * numberIn(row, 'hours') }));
    const wages = panelSpec([{ name: 'hours', coding: 'numeric' }], { outcomes: [{ name: 'wages', family: 'gaussian', horizon: 3 }] });
    const [constant, slope] = (await run(rows, wages)).fits[0]!.coefficients;
    return holds(near(constant!.estimate!, 100) && near(slope!.estimate!, 200));
  },
  C045: async () => {
    const [cell] = cellsOf(await run(panel, panelSpec([{ name: 'sex', coding: 'values' }]), { by: [['county']], period: 'all', pooled: true }), 'hours3', ['county']);
    const actual = observed('hours3').filter((row) => labelIn(row, 'county') === cell!.group).map((row) => numberIn(row, 'hours3'));
    const ofSums = sum(actual) - cell!.n * cell!.expected;
    return contradicted('X40', { claim: near(cell!.indicator, ofSums), instead: near(cell!.indicator, mean(actual) - cell!.expected) });
  },
  C047: async () => holds((await matches('hours3')) && (await matches('hours12'))),
  C048: async () => holds((await matches('job3')) && (await matches('job12'))),
  C049: async () => holds(await isBest('hours3', (y, index) => (y - index) ** 2)),
  C052: async () => holds(await isBest('job3', logLoss)),
  C053: async () => {
    // The latent noise at the midpoints of its distribution: shares are then probabilities.
    const noise = Array.from({ length: 2000 }, (_, k) => normalQuantile((k + 0.5) / 2000));
    const rows = [0, 1].flatMap((x) => noise.map((e, k) => ({ person_id: 2000 * x + k, month: '2018-01', x, y: Number(-0.4 + 0.7 * x + e > 0) })));
    const latent = panelSpec([{ name: 'x', coding: 'values', reference: 0 }], { outcomes: [{ name: 'y', family: 'probit', horizon: 3 }] });
    const terms = estimated((await run(rows, latent)).fits[0]!);
    return holds(near(terms[0]!.estimate!, -0.4, 2e-3) && near(terms[1]!.estimate!, 0.7, 2e-3));
  },
  C054: async () => {
    const found = await Promise.all(names.map(async (name) => {
      const [cells, terms] = [await perRow(name), estimated(await fitOf(name))];
      const expected = new Map(cells.map(({ row, expected: value }) => [`${row['sex']} ${labelIn(row, 'flag')} ${row['kids']}`, value]));
      const pairs: [string, string, string, string][] = [['sex', 'f', 'f 0 0', 'm 0 0'], ['flag', '1', 'm 1 0', 'm 0 0'], ...[1, 2, 3, 4].map((kids): [string, string, string, string] => ['kids', String(kids), `m 0 ${kids}`, 'm 0 0'])];
      return pairs.every(([term, level, there, here]) => Math.sign(expected.get(there)! - expected.get(here)!) === Math.sign(terms.find((one) => one.term === term && one.level === level)!.estimate!));
    }));
    return holds(found.every(Boolean));
  },
  C055: async () => {
    const byRow = new Map((await perRow('job3')).map(({ group, expected }) => [Number(group), expected]));
    return holds(cellsOf(await panelRun(), 'job3', ['county']).every((cell) => {
      const rows = observed('job3').filter((row) => labelIn(row, 'county') === cell.group && row['month'] === cell.period);
      return rows.length === cell.n && near(cell.indicator, mean(rows.map((row) => numberIn(row, 'job3'))) - mean(rows.map((row) => byRow.get(numberIn(row, 'row'))!)));
    }));
  },
  C056: async () => holds(isCounted(cellsOf(await panelRun(), 'hours3', ['region', 'cohort', 'flag']), ['region', 'cohort', 'flag'])),
  C134: async () => {
    const { fits } = await panelRun();
    return holds(main.separateBy === undefined && main.sample === undefined && fits.length === names.length && fits.every(({ outcome, n }) => n === observed(outcome).length));
  },
  C142: async () => holds((await Promise.all(names.map(async (name) => (await perRow(name)).every(({ row, expected, indicator }) => near(indicator, numberIn(row, name) - expected))))).every(Boolean)),
  C161: async () => holds(isCounted(cellsOf(await panelRun(), 'hours3', ['many']), ['many'])),
};

/** Whether the cells are those of the rows, counted one by one. */
function isCounted(cells: ReturnType<typeof cellsOf>, by: readonly string[]): boolean {
  const counts = groupBy(observed('hours3'), (row) => `${row['month']} ${by.map((column) => labelIn(row, column)).join('|')}`);
  return cells.length === counts.size && cells.every(({ period, group, n }) => counts.get(`${period} ${group}`)?.length === n);
}
