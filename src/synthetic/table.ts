import { lastMonthOf12 } from './calendar.ts';
import { missingPension, type Columns } from './columns.ts';
import { labels } from './labels.ts';
import { employmentGrowth, inflowShare } from './labour-market.ts';
import { countyOf, regionOf } from './places.ts';

/** A column of the analysis table as it is written: integers, floats that single precision holds exactly, or codes into labels. */
export type TableColumn =
  | { readonly kind: 'integer'; readonly values: Int8Array | Uint8Array | Uint16Array | Int32Array; readonly missing: Uint8Array | null }
  | { readonly kind: 'number'; readonly values: Float32Array; readonly missing: Uint8Array | null }
  | { readonly kind: 'label'; readonly values: Uint8Array | Uint16Array; readonly labels: readonly string[] };

const scaled = (values: Uint8Array | Uint16Array, factor: number): Float32Array => {
  const out = new Float32Array(values.length);
  for (let row = 0; row < out.length; row++) out[row] = values[row]! * factor;
  return out;
};

const looked = (codes: Uint8Array, values: (code: number) => number): Float32Array => {
  const byCode = Float32Array.from({ length: 21 }, (_, code) => values(code));
  const out = new Float32Array(codes.length);
  for (let row = 0; row < out.length; row++) out[row] = byCode[codes[row]!]!;
  return out;
};

const recoded = (codes: Uint16Array, to: readonly number[]): Uint8Array => {
  const byCode = Uint8Array.from(to);
  const out = new Uint8Array(codes.length);
  for (let row = 0; row < out.length; row++) out[row] = byCode[codes[row]!]!;
  return out;
};

const above = (values: Uint8Array | Uint16Array, limit: number): Uint8Array => {
  const out = new Uint8Array(values.length);
  for (let row = 0; row < out.length; row++) out[row] = values[row]! > limit ? 1 : 0;
  return out;
};

/** The analysis table (docs/tables.md); flags of `missing` are 1 where a value is missing. */
export const analysisTable = (columns: Columns): Map<string, TableColumn> => {
  const integer = (values: Int8Array | Uint8Array | Uint16Array | Int32Array, missing: Uint8Array | null = null): TableColumn => ({
    kind: 'integer', values, missing,
  });
  const number = (values: Float32Array, missing: Uint8Array | null = null): TableColumn => ({ kind: 'number', values, missing });
  const label = (name: keyof typeof labels, values: Uint8Array | Uint16Array): TableColumn => ({ kind: 'label', values, labels: labels[name] });
  const unobserved = above(columns.month, lastMonthOf12);
  const noPension = above(columns.pension, missingPension - 1);
  return new Map<string, TableColumn>([
    ['person_id', integer(columns.personId)],
    ['month', label('month', columns.month)],
    ['county', label('county', recoded(columns.office, countyOf))],
    ['office', label('office', columns.office)],
    ['ba_region', label('ba_region', recoded(columns.office, regionOf))],
    ['main_group', label('main_group', columns.mainGroup)],
    ['support_group', label('support_group', columns.supportGroup)],
    ['measure', label('measure', columns.measure)],
    ['contract', label('contract', columns.contract)],
    ['age', integer(columns.age)],
    ['children', integer(columns.children)],
    ['married', integer(columns.married)],
    ['female', integer(columns.female)],
    ['recent_higher_education', integer(columns.education)],
    ['laid_off', integer(columns.laidOff)],
    ['health_benefit', integer(columns.health)],
    ['work_benefit', integer(columns.work)],
    ['disability_pension', integer(columns.disability)],
    ['hours_at_measurement', number(scaled(columns.hours, 1 / 4))],
    ['wage_income_before', number(scaled(columns.wage, 1 / 1024))],
    ['pension_income_before', number(scaled(columns.pension, 1 / 1024), noPension)],
    ['country_group', integer(columns.country)],
    ['residence_months', integer(columns.residence)],
    ['history_months', integer(columns.history)],
    ['duration_months', integer(columns.duration)],
    ['unemployment_inflow_3', number(looked(columns.inflow3, inflowShare))],
    ['unemployment_inflow_12', number(looked(columns.inflow12, inflowShare))],
    ['expected_employment', number(looked(columns.employment, employmentGrowth))],
    ['atid3', number(scaled(columns.atid3, 1 / 1024))],
    ['atid12', number(scaled(columns.atid12, 1 / 1024), unobserved)],
    ['jobb3', integer(columns.jobb3)],
    ['jobb12', integer(columns.jobb12, unobserved)],
  ]);
};
