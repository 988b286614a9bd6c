import { toJsonSchema } from '@valibot/to-json-schema';
import { modelSpecSchema } from './schema.ts';

/** JSON Schema (draft 7) of the model spec's shape, published as `model-spec.schema.json` beside this file. */
export function modelSpecJsonSchema(): Record<string, unknown> {
  const title = 'Model spec of arbeidsindikator';
  const { $schema, ...schema } = toJsonSchema(modelSpecSchema, { target: 'draft-07', typeMode: 'input', errorMode: 'ignore' });
  return { $schema, title, ...schema };
}

/** The published file's text. */
export const modelSpecJsonSchemaText = (): string => `${JSON.stringify(modelSpecJsonSchema(), null, 2)}\n`;
