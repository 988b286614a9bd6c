// Writes src/synthetic/table4.ts from the report's printed Table 4: node bench/synthetic/table4.mjs
import { readFileSync, writeFileSync } from 'node:fs';

const root = new URL('../../', import.meta.url);
const text = readFileSync(new URL('test/fixtures/reference/coefficients.csv', root), 'utf8');
const [header, ...rows] = text.trim().split('\n').map((line) => line.match(/("[^"]*"|[^,]*)(,|$)/g).map((cell) => cell.replace(/,$/, '')));
const at = (row, name) => row[header.indexOf(name)];
const variables = new Map();
for (const row of rows) {
  const variable = at(row, 'variable');
  if (variable === 'dependent_variable_mean') continue;
  const line = `    [${[`'${at(row, 'level')}'`, ...['atid3', 'atid12', 'jobb3', 'jobb12'].map((name) => at(row, name))].join(', ')}],`;
  variables.set(variable, [...(variables.get(variable) ?? []), line]);
}
const body = [...variables].map(([name, lines]) => `  ${/^\w+$/.test(name) ? name : `'${name}'`}: [\n${lines.join('\n')}\n  ],`);
writeFileSync(
  new URL('src/synthetic/table4.ts', root),
  `/** Level, then its coefficient for Atid3, Atid12 (hours a week), Jobb3 and Jobb12 (probit index). */
export type Table4Row = readonly [level: string, atid3: number, atid12: number, jobb3: number, jobb12: number];

/** The report's Table 4 as printed, by covariate; levels in printed order. Written by bench/synthetic/table4.mjs. */
export const table4 = {
${body.join('\n')}
} as const satisfies Readonly<Record<string, readonly Table4Row[]>>;
`,
);
