import { afterAll, describe, expect, it } from 'vitest';
import { reference, table as readTable } from '../synthetic/draw.ts';
import { closeLaboratory } from './laboratory.ts';
import { modelClaims } from './model.ts';
import { outcomeClaims } from './outcome-definitions.ts';
import { periodClaims } from './periods.ts';
import { spellAndMarketClaims } from './table4-spell-and-market.ts';
import { personalClaims } from './table4-personal.ts';
import { Table4 } from './table4.ts';
import { tableClaims } from './tables.ts';
import { uncertaintyClaims } from './uncertainty.ts';
import { unitClaims } from './units.ts';
import { variantClaims } from './variants.ts';
import type { Judgements } from './verdict.ts';
import { zeroSumClaims } from './zero-sums.ts';

/** How the report's claims can be judged here: by calculations, by the printed coefficients, or by the other printed tables. */
const judgeable = ['code', 'table4', 'tables'];

const ofTable4 = (table: Table4): Judgements => ({ ...personalClaims(table), ...spellAndMarketClaims(table) });
const parts = [ofTable4(new Table4()), tableClaims(), modelClaims, zeroSumClaims, outcomeClaims, unitClaims, periodClaims, uncertaintyClaims, variantClaims];
const judgements: Judgements = Object.assign({}, ...parts);

const claims = reference('claims');
const expected = readTable(new URL('expected.csv', import.meta.url));
const wanted = new Map(expected.map((row) => [row['id']!, row['expected']!]));
const text = new Map(claims.map((row) => [row['id']!, row['claim_en']!]));

afterAll(closeLaboratory);

describe('the claims of the report', () => {
  it('are all listed, each with what is to become of it', () => {
    expect(expected.map((row) => row['id'])).toEqual(claims.filter((row) => judgeable.includes(row['check']!)).map((row) => row['id']));
    expect(expected).toHaveLength(193);
    const judged = expected.filter((row) => row['expected'] !== 'not judged');
    expect(judged.map((row) => row['id']).sort()).toEqual(parts.flatMap((part) => Object.keys(part)).sort());
    for (const row of judged) expect(row['expected'], row['id']).toMatch(/^(holds|X([1-9]|[1-5]\d|6[0-8]))$/);
    for (const row of expected) expect(row['reason'] === '', row['id']).toBe(row['expected'] !== 'not judged');
    const count = (of: (value: string) => boolean): number => expected.filter((row) => of(row['expected']!)).length;
    const others = (check: string): number => claims.filter((row) => row['check'] === check).length;
    console.log(`Claims: ${expected.length} listed, ${judged.length} judged: ${count((value) => value === 'holds')} hold, ${count((value) => value.startsWith('X'))} fail with their contradiction; ${count((value) => value === 'not judged')} not judged. ${others('nav_data')} more take Nav's own data, and ${others('config')} tell of the world around.`);
    expect(judged.length).toBeGreaterThanOrEqual(120);
  });

  it.each(Object.keys(judgements).map((id) => [id, text.get(id)!]))('%s: %s', async (id) => {
    expect(await judgements[id]!()).toBe(wanted.get(id));
  });
});

describe('Table 4 with every sign turned', () => {
  const kind = new Map(claims.map((row) => [row['id']!, `${row['check']} ${row['kind']}`]));
  const directions = Object.entries(ofTable4(new Table4(-1))).filter(([id]) => kind.get(id) === 'table4 direction');

  it.each(directions)('bears out no claim of direction: %s', async (_, judge) => {
    expect(await judge()).not.toBe('holds');
  });
});
