import { draws } from '../support/table-file.ts';
import type { Row } from './table.ts';

export interface PanelOptions {
  readonly persons?: number;
  readonly months?: number;
  /** Share of values missing in the columns that can miss any. */
  readonly missing?: number;
  readonly levels?: number;
}

const monthAt = (t: number): string => `${2018 + Math.floor(t / 12)}-${String((t % 12) + 1).padStart(2, '0')}`;

/**
 * Persons over some months from January 2018, each with gaps. `hours3` and `job3` are missing in the last month,
 * `hours12` and `job12` in the last third. Columns that may miss values: flag, region, wage, kids, income, county.
 */
export function randomPanel(seed: number, { persons = 60, months = 12, missing = 0, levels = 40 }: PanelOptions = {}): Row[] {
  const next = draws(seed);
  for (let k = 0; k < 5; k++) next();
  const pick = <T>(...values: T[]): T => values[Math.floor(next() * values.length)]!;
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const normal = (): number => Array.from({ length: 12 }, next).reduce((sum, u) => sum + u, -6);
  const maybe = <T>(value: T): T | null => (next() < missing ? null : value);
  const rows: Row[] = [];
  for (let person = 0; person < persons; person++) {
    const [sex, age, cohort, region, own] = [pick('f', 'm', 'm'), whole(17, 28), pick('a', 'a', 'b', 'c'), pick('Øst', 'Vest', 'Sør, indre'), normal()];
    const county = pick(1, 2, 10);
    for (let t = 0; t < months; t++) {
      if (next() < 0.3) continue;
      const kids = whole(0, 4);
      const flag = next() < 0.4;
      const hours = next() < 0.4 ? 0 : whole(1, 80) / 2;
      const wage = next() < 0.3 ? 0 : next() < 0.2 ? 250_000 : whole(10, 900) * 1000 + pick(0, 0.5);
      const [inflow3, inflow12] = [0.01 + 0.03 * next(), 0.015 + 0.02 * next()];
      const income = whole(0, 1_200_000);
      const many = whole(1, levels);
      const latent = 0.3 * own + 0.4 * normal() + (sex === 'f' ? 0.3 : 0) + 0.02 * hours - 0.1 * kids + (flag ? 0.4 : 0) + 10 * inflow3 + income / 2e6 - (age - 22) / 30 + Math.sin(many) / 4 - 0.8;
      const seen3 = t < months - 1;
      const seen12 = t < months - Math.floor(months / 3);
      rows.push({
        person_id: 700_000_000 + 17 * person, month: monthAt(t), sex, age, cohort, region: maybe(region), county: maybe(county), kids: maybe(kids), flag: maybe(flag),
        hours, wage: maybe(wage), inflow_3: inflow3, inflow_12: inflow12, year: 2018 + Math.floor(t / 12), income: maybe(income), many,
        hours3: seen3 ? Math.max(0, 10 + 8 * latent) : null,
        hours12: seen12 ? Math.max(0, 8 + 9 * latent + normal()) : null,
        job3: seen3 ? Number(latent + 0.5 * normal() > 0) : null,
        job12: seen12 ? Number(latent + 0.7 * normal() > 0.2) : null,
      });
    }
  }
  return rows;
}

/** The rows in an order of chance. */
export function shuffled<T>(rows: readonly T[], seed: number): T[] {
  const next = draws(seed);
  return rows.map((row) => ({ row, key: next() })).sort((a, b) => a.key - b.key).map(({ row }) => row);
}
