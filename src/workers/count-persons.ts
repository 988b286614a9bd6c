import type { Predictor } from '../estimate/passes.ts';
import type { PeriodPartition, PersonCounts } from '../indicator/person-counts.ts';
import { addPersonCounts } from './cell-persons.ts';
import { callable, type Pool } from './pool.ts';
import type { Tick } from './row-worker.ts';

export interface CountPersons {
  readonly pool: Pool;
  /** The samples of one outcome, each with the outcome's place in it: a person may be in several. */
  readonly parts: readonly { readonly sample: number; readonly outcome: number; readonly predictor: Predictor }[];
  readonly partitions: readonly PeriodPartition[];
  readonly signal?: AbortSignal | undefined;
  readonly onRows: Tick;
}

/** Persons behind the rows of an outcome that have an expected value: by grouping, and in it by partition of the months. */
export async function countPersons({ pool, parts, partitions, signal, onRows }: CountPersons): Promise<PersonCounts[][]> {
  const ofMonths = partitions.map(({ ofMonth }) => ofMonth);
  const found = await pool.all((worker) => worker.persons(parts, ofMonths, callable(onRows)), signal);
  return found[0]!.map((own, g) => own.map((_, k) => addPersonCounts(found.map((tables) => tables[g]![k]!))));
}
