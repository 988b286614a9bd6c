import { packFactors } from '../coding/packing.ts';
import type { CovariateInput, PlannedPopulation, RowPlan } from '../coding/row-plan.ts';
import { EngineError } from '../errors.ts';
import type { ModelSpec } from '../spec/model-spec.ts';
import { staticLevels } from '../spec/levels.ts';

/** What is to be held: rows counted or estimated, and what the types of the files' columns are where they are known. */
export interface BudgetRequest {
  readonly spec: Pick<ModelSpec, 'interactions'>;
  readonly plan: RowPlan;
  /** Columns of each breakdown. */
  readonly by: readonly (readonly string[])[];
  readonly rows: number;
  readonly types: ReadonlyMap<string, string>;
  readonly workers: number;
}

/** Bytes at the peak, when rows as they were read are laid out as coded rows. */
export interface MemoryBudget {
  readonly rows: number;
  /** Of one row as it was read, and of one coded row in all samples. */
  readonly heldRow: number;
  readonly codedRow: number;
  readonly held: number;
  readonly coded: number;
  /** All workers and the near end, the engines they run in included. */
  readonly needed: number;
  /** Coded rows and tables of the worker that owns most: what one WebAssembly memory has to hold. */
  readonly largestMemory: number;
}

/** Of a worker: its JavaScript engine, the modules, a partition on its way in several forms, and tables of a pass. */
const workerBytes = 100 * 2 ** 20;
const nearEndBytes = 100 * 2 ** 20;
/** A row's share of its person in the index of persons, and in a sample: persons have some 15 rows. */
const personRow = 4;
const personCodedRow = 0.5;
/** Persons are dealt out by a hash, so that no worker owns much more than its share. */
const imbalance = 1.05;
/** One WebAssembly memory. */
const memoryBytes = 2 ** 32;

/**
 * Bytes that loading needs, from the rows and the plan alone: an estimate from above. Rows in the order of months have all
 * coded rows begun while all rows are still there as they were read; rows in the order of persons peak a third lower.
 */
export function memoryBudget({ spec, plan, by, rows, types, workers }: BudgetRequest): MemoryBudget {
  const heldRow = heldBytes(plan, types);
  const codedRow = codedBytes(plan, types, by, spec.interactions ?? []);
  const [held, coded] = [rows * heldRow, rows * codedRow];
  return {
    rows,
    heldRow,
    codedRow,
    held,
    coded,
    needed: held + coded + workers * workerBytes + nearEndBytes,
    largestMemory: (imbalance * coded) / workers,
  };
}

/** Throws `memory` where the rows do not fit: into `allowed` bytes in all (null: not known), or into one worker's memory. */
export function refuseTooLarge(budget: MemoryBudget, { workers, allowed, by }: { workers: number; allowed: number | null; by: BudgetRequest['by'] }): void {
  const { rows, heldRow, codedRow, needed, largestMemory } = budget;
  const fixed = needed - rows * (heldRow + codedRow);
  if (allowed !== null && needed > allowed) {
    const fitting = Math.max(0, Math.floor((allowed - fixed) / (heldRow + codedRow)));
    throw new EngineError('memory.rows', { rows, needed, allowed, fitting, eachBreakdown: by.length > 0 ? rows * groupBytes * 2 : null });
  }
  if (largestMemory > memoryBytes) {
    const least = Math.ceil((largestMemory * workers) / memoryBytes);
    const fitting = Math.floor((rows * memoryBytes) / largestMemory);
    throw new EngineError('memory.worker', { workers, needed: largestMemory, allowed: memoryBytes, least, fitting });
  }
}

/** Bytes of a code whose number of labels is not known. */
const groupBytes = 2;

/** Row number, person and month; then states, outcomes, inputs and groups as a `RowStore` holds them. */
function heldBytes(plan: RowPlan, types: BudgetRequest['types']): number {
  const number = numberBytes(types);
  const input = (held: CovariateInput): number => (held.held === 'numbers' ? number(held.column) : held.held === 'codes' && held.levels < 256 ? 1 : 2);
  const outcomes = plan.outcomes.map(({ family, column }) => (family === 'probit' ? 1 : number(column)));
  const groups = plan.groupColumns.length + (plan.separateBy === null ? 0 : 1);
  return 4 + 4 + 2 + Math.ceil(outcomes.length / 4) + sum(outcomes) + sum(plan.inputs.map(input)) + groupBytes * groups + personRow;
}

const numberBytes = (types: BudgetRequest['types']) => (column: string): number => (isSingle(types.get(column)) ? 4 : 8);

/** Values of these types are exact in single precision; whole numbers of 32 bits are where they stay under 2²⁴, as amounts do. */
const isSingle = (type: string | undefined): boolean => type !== undefined && /^(boolean|u?int(8|16|32)|float(16|32))$/.test(type);

/** Composites, numeric terms, outcomes, month and groups in every sample; a row is in one population's samples. */
function codedBytes(plan: RowPlan, types: BudgetRequest['types'], by: BudgetRequest['by'], interactions: readonly (readonly [string, string])[]): number {
  const largest = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), 0);
  const apart = plan.where === null ? 0 : 1;
  return largest(plan.populations.map((population) => sum(samplesOf(plan, population).map((outcomes) => {
    const numerics = population.covariates.filter(({ coding }) => coding === 'numeric').length;
    const held = outcomes.map((o) => (plan.outcomes[o]!.family === 'probit' ? 1 : numberBytes(types)(plan.outcomes[o]!.column)));
    return compositeBytes(population, interactions) + 8 * numerics + sum(held) + 1 + apart + groupBytes * by.length + personCodedRow;
  })))) + 1;
}

/** Outcomes of one horizon mostly have the same rows; those with other inputs never have. */
function samplesOf(plan: RowPlan, { inputs }: PlannedPopulation): number[][] {
  const samples = new Map<string, number[]>();
  plan.outcomes.forEach(({ horizon }, o) => {
    const key = JSON.stringify([horizon, inputs[o]]);
    samples.set(key, [...(samples.get(key) ?? []), o]);
  });
  return [...samples.values()];
}

/** Levels that the data decide are taken to be so many. */
const unknownLevels = 64;

function compositeBytes({ covariates }: PlannedPopulation, interactions: readonly (readonly [string, string])[]): number {
  const factors = covariates.filter(({ coding }) => coding !== 'numeric');
  const levels = factors.map((covariate) => staticLevels(covariate)?.length ?? unknownLevels);
  const at = (name: string): number => factors.findIndex((covariate) => covariate.name === name);
  const pairs = interactions.map(([a, b]) => [at(a), at(b)] as const).filter(([a, b]) => a >= 0 && b >= 0);
  return sum(packFactors(levels, pairs).map((members) => (members.reduce((cells, f) => cells * levels[f]!, 1) > 256 ? 2 : 1)));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
