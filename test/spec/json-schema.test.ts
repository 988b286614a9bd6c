import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { modelSpecJsonSchema, modelSpecJsonSchemaText } from '../../src/spec/json-schema.ts';

const published = fileURLToPath(new URL('../../src/spec/model-spec.schema.json', import.meta.url));

it('is published as it is generated; `npx vitest run test/spec -u` writes it anew', async () => {
  expect(existsSync(published)).toBe(true);
  await expect(modelSpecJsonSchemaText()).toMatchFileSnapshot(published);
});

it('asks for what every spec must have and closes every object', () => {
  const schema = modelSpecJsonSchema();
  expect(schema['required']).toEqual(['name', 'person', 'month', 'outcomes', 'covariates']);
  expect(schema['additionalProperties']).toBe(false);
});
