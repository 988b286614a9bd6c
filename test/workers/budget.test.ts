import { describe, expect, it } from 'vitest';
import { planRows } from '../../src/coding/row-plan.ts';
import { EngineError } from '../../src/errors.ts';
import { main, table4 } from '../../src/spec/built-in.ts';
import type { ModelSpec } from '../../src/spec/model-spec.ts';
import { memoryBudget, refuseTooLarge, type MemoryBudget } from '../../src/workers/budget.ts';

const fullSize = 23_901_114;
const breakdowns = [['county'], ['office'], ['support_group'], ['measure']];
const mib = 2 ** 20;

interface Case {
  readonly spec?: ModelSpec;
  readonly by?: readonly (readonly string[])[];
  readonly rows?: number;
  readonly workers?: number;
  readonly type?: string;
}

function budgetOf({ spec = main, by = breakdowns, rows = fullSize, workers = 2, type = 'float32' }: Case = {}): MemoryBudget {
  const plan = planRows(spec, by, null);
  return memoryBudget({ spec, plan, by, rows, workers, types: new Map(plan.requests.map(({ column }) => [column, type])) });
}

function refusal(given: Case, allowed: number | null): EngineError | null {
  const { workers = 2, by = breakdowns } = given;
  try {
    refuseTooLarge(budgetOf(given), { workers, allowed, by });
    return null;
  } catch (error) {
    return error as EngineError;
  }
}

describe('bytes needed', () => {
  it('are above the measured ones at full size, and not far: 831 MiB coded and a peak of 1849 MiB with rows in the order of persons', () => {
    const { coded, needed } = budgetOf();
    expect(coded / mib).toBeGreaterThan(831);
    expect(coded / mib).toBeLessThan((831 * 5) / 4);
    expect(needed / mib).toBeGreaterThan(1849);
    expect(needed / mib).toBeLessThan((1849 * 3) / 2);
  });

  it('grow by the same for every row', () => {
    const sizes = [1, 2, 3].map((millions) => budgetOf({ rows: millions * 1e6 }).needed);
    expect(sizes[2]! - sizes[1]!).toBe(sizes[1]! - sizes[0]!);
    expect(sizes[1]! - sizes[0]!).toBe(1e6 * (budgetOf().heldRow + budgetOf().codedRow));
  });

  it('grow with breakdowns, wide numbers, numeric terms and workers', () => {
    const numeric: ModelSpec = { ...main, covariates: [...main.covariates, { name: 'inflow', coding: 'numeric' }] };
    const [plain, more] = [budgetOf(), [{ by: [...breakdowns, ['female']] }, { type: 'float64' }, { spec: numeric }, { workers: 3 }].map(budgetOf)];
    for (const { needed } of more) expect(needed).toBeGreaterThan(plain.needed);
    expect(more[2]!.codedRow - plain.codedRow).toBe(2 * 8);
  });

  it('of separate models are those of the largest, not of all: a row is in one of them', () => {
    const groups = ['a', 'b', 'c'].map((label) => ({ label, covariates: main.covariates }));
    const separate = budgetOf({ spec: { ...main, separateBy: { column: 'support_group', groups } } });
    expect(separate.codedRow).toBe(budgetOf().codedRow);
    expect(separate.heldRow - budgetOf().heldRow).toBe(2);
  });

  it('shrink where fewer outcomes are estimated', () => {
    const one = { ...table4, outcomes: table4.outcomes.slice(0, 1) };
    expect(budgetOf({ spec: one }).codedRow).toBeLessThan(0.6 * budgetOf({ spec: table4 }).codedRow);
  });
});

describe('the refusal', () => {
  it('does not come where the rows fit, nor where nobody tells the memory', () => {
    expect(refusal({}, 4096 * mib)).toBeNull();
    expect(refusal({}, null)).toBeNull();
  });

  it('names bytes needed and allowed, and what helps', () => {
    const error = refusal({}, 2048 * mib)!;
    expect(error.kind).toBe('memory');
    expect(error.message).toContain(`need about ${Math.ceil(budgetOf().needed / mib)} MiB of memory, and 2048 MiB are free`);
    expect(error.message).toContain('leave out breakdowns');
    expect(error.args).toMatchObject({ needed: budgetOf().needed, allowed: 2048 * mib, rows: fullSize });
  });

  it('says how many rows would fit, and they do', () => {
    const fitting = refusal({}, 2048 * mib)!.args['fitting'] as number;
    expect(refusal({ rows: fitting }, 2048 * mib)).toBeNull();
    expect(refusal({ rows: fitting + 1 }, 2048 * mib)).not.toBeNull();
  });

  it('speaks of no breakdowns where there are none', () => {
    expect(refusal({ by: [] }, 512 * mib)!.message).not.toContain('breakdown');
  });

  it('says how many workers hold what two cannot, and they do', () => {
    const rows = 10 * fullSize;
    const error = refusal({ rows }, null)!;
    expect(error.message).toContain('a worker can hold 4096 MiB');
    const least = error.args['least'] as number;
    expect(least).toBeGreaterThan(2);
    expect(refusal({ rows, workers: least }, null)).toBeNull();
    expect(refusal({ rows, workers: least - 1 }, null)).not.toBeNull();
  });
});
