import { lastMonthOf12 } from './calendar.ts';
import { outcomeCount } from './coefficients.ts';
import { missingPension, type Columns } from './columns.ts';
import { batchPersons, blockRows, type Draws, type PersonDraws } from './draws.ts';
import { addEffects, type Effects } from './effects.ts';
import { drawEpsilon } from './epsilon.ts';
import type { ExpectedSums } from './expected-sums.ts';
import { raiseToFloor } from './floor.ts';
import { others } from './groups.ts';
import type { LabourMarket } from './labour-market.ts';
import { predict } from './linear-predictor.ts';
import { hoursQuantile } from './outcome-law.ts';
import { writePath } from './path.ts';
import { drawPerson, emptyPerson, income, pseudonym } from './person.ts';
import { sickListed, supportGroup } from './support.ts';

export interface BlockRequest {
  readonly seed: number;
  readonly block: number;
  readonly market: LabourMarket;
  /** What is added to Table 4; null for nothing. */
  readonly effects: Effects | null;
  /** Is to count the block's expected outcomes, where given. */
  readonly expected?: ExpectedSums | undefined;
}

/** Scratch of one thread. */
const predictors = new Float64Array(blockRows * outcomeCount);
const expected = new Float64Array(blockRows * outcomeCount);
const firstOf = new Uint8Array(blockRows);
const person = emptyPerson();

/** What is the same in all the person's rows, once the floor has been seen to. */
const writePerson = (columns: Columns, at: number, id: number, draws: PersonDraws, i: number): void => {
  const wage = income(person.wageDecile, person.incomePlace);
  const pension = person.early ? income(person.pensionDecile, person.incomePlace) : missingPension;
  const u = draws.support[i]!;
  const support = supportGroup(person.group, predictors[at * outcomeCount]!, 2 * ((u * 61) % 1) - 1, u);
  for (let row = at; row < at + person.length; row++) {
    columns.personId[row] = id;
    columns.wage[row] = wage;
    columns.pension[row] = pension;
    const sick = person.group === others && columns.health[row] === 1 && columns.hours[row] === 0;
    columns.supportGroup[row] = sick ? sickListed : support;
  }
};

/** Persons one after the other until the block is full; the last one's spell is cut there. Returns the months raised to the floor. */
const writePersons = (columns: Columns, draws: Draws, { block, seed, market }: BlockRequest): number => {
  const rows = columns.rows;
  const changes = draws.changes(block, rows);
  let batch: PersonDraws | undefined;
  let raised = 0;
  for (let at = 0, number = 0; at < rows; at += person.length, number++) {
    const i = number % batchPersons;
    if (i === 0) batch = draws.persons(block, number);
    drawPerson(person, batch!, i, block === 0 ? market.anchors[number] : undefined);
    person.length = Math.min(person.length, rows - at);
    firstOf.fill(0, at, at + person.length);
    firstOf[at] = 1;
    writePath(columns, at, person, batch!, i, { changes, market });
    predict(columns, at, person, predictors);
    raised += raiseToFloor(columns, at, person, predictors);
    writePerson(columns, at, pseudonym(block, number, seed), batch!, i);
  }
  return raised;
};

const writeOutcomes = (columns: Columns, draws: Draws, block: number): void => {
  const rows = columns.rows;
  const { three, twelve } = drawEpsilon(draws, block, firstOf.subarray(0, rows));
  for (let row = 0; row < rows; row++) {
    columns.jobb3[row] = predictors[row * outcomeCount + 2]! + three[row]! > 0 ? 1 : 0;
    columns.jobb12[row] = predictors[row * outcomeCount + 3]! + twelve[row]! > 0 ? 1 : 0;
  }
  draws.cdf(rows, 0);
  draws.cdf(rows, 1);
  for (let row = 0; row < rows; row++) {
    columns.atid3[row] = Math.floor(hoursQuantile(three[row]!, predictors[row * outcomeCount]!) * 1024 + 0.5);
    columns.atid12[row] = Math.floor(hoursQuantile(twelve[row]!, predictors[row * outcomeCount + 1]!) * 1024 + 0.5);
    if (columns.month[row]! > lastMonthOf12) columns.jobb12[row] = columns.atid12[row] = 0;
  }
};

/** E[y] of the rows, whatever ε: Atid's law has the mean m, and P(xβ + ε > 0) = Φ(xβ). Entry `row * 4 + outcome`. */
const writeExpected = (rows: number, draws: Draws): Float64Array => {
  for (const which of [0, 1] as const) {
    const index = draws.normalsOf(which, rows);
    for (let row = 0; row < rows; row++) index[row] = predictors[row * outcomeCount + 2 + which]!;
    draws.cdf(rows, which);
    for (let row = 0; row < rows; row++) expected[row * outcomeCount + 2 + which] = index[row]!;
    for (let row = 0; row < rows; row++) expected[row * outcomeCount + which] = predictors[row * outcomeCount + which]!;
  }
  return expected;
};

/** Draws all of a block but its outcomes into `columns`, at most `blockRows` rows. Returns how many the floor on expected hours changed. */
export const fillCovariates = (columns: Columns, draws: Draws, request: BlockRequest): number => {
  const raised = writePersons(columns, draws, request);
  if (request.effects) addEffects(request.effects, columns, predictors);
  request.expected?.add(columns, writeExpected(columns.rows, draws));
  return raised;
};

/** Draws a block into `columns`, all rows of them: at most `blockRows`. Returns how many rows the floor on expected hours changed. */
export const fillBlock = (columns: Columns, draws: Draws, request: BlockRequest): number => {
  const raised = fillCovariates(columns, draws, request);
  writeOutcomes(columns, draws, request.block);
  return raised;
};
