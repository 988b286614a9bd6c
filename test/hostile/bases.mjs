// The sound files that are changed: 150 rows of the table of test/fixtures/writers, written by its make.py --small.
import { readFileSync } from 'node:fs';

/** Columns that the model and the breakdowns ask for; whatever stands in others is no matter. */
export const asked = ['person_id', 'month', 'county', 'office', 'female', 'age', 'hours', 'wage', 'atid3', 'jobb3'];

/** @type {Map<string, Uint8Array>} */
const held = new Map();

/** @param {string} name */
export function base(name) {
  let bytes = held.get(name);
  if (bytes === undefined) held.set(name, (bytes = new Uint8Array(readFileSync(new URL(`bases/${name}`, import.meta.url)))));
  return bytes;
}

/** The rows as texts: column names, then a list of fields a row. */
export function baseRows() {
  const text = new TextDecoder().decode(base('plain.csv')).trimEnd();
  const split = (/** @type {string} */ line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
  const [header, ...rows] = text.split('\n').map(split);
  return { names: header, rows };
}
