import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RegisterFile } from '../../src/register/partition.ts';
import type { ModelSpec } from '../../src/spec/model-spec.ts';
import { parseModelSpec } from '../../src/spec/parse-spec.ts';
import { csvRows } from './csv-rows.ts';

const folder = new URL('../fixtures/reference/cases/', import.meta.url);

/** One of the cases with R's answers. */
export function referenceCase(name: string) {
  const at = (file: string): URL => new URL(`${name}/${file}`, folder);
  const path = fileURLToPath(at('data.csv'));
  const file: RegisterFile = { name: 'data.csv', format: 'csv', bytes: statSync(path).size, location: { path } };
  const spec: ModelSpec = parseModelSpec(readFileSync(at('model.json'), 'utf8'));
  return {
    file,
    spec,
    coefficients: csvRows(at('expected_coefficients.csv')),
    fit: csvRows(at('expected_fit.csv')),
    indicator: csvRows(at('expected_indicator.csv')),
  };
}
