import type { RowPlan } from '../coding/row-plan.ts';
import type { ReadRequest } from '../register/read-sql.ts';

/** What is asked of the files. */
export const readRequest = ({ requests: columns, where, within, filter, derived, outcomes }: RowPlan): ReadRequest => ({
  columns, where, filter, derived,
  // Shown rows are not chosen by what is to be shown of them.
  within: within === null ? null : { condition: within, notFrom: outcomes.map(({ column }) => column) },
});
