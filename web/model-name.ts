import { msg } from '@lit/localize';
import { main, table4 } from '../src/spec/built-in.ts';
import type { ModelSpec } from '../src/spec/model-spec.ts';

/** The built-in model that a spec says word for word, else the spec itself. */
export function knownSpec(spec: ModelSpec): ModelSpec {
  const text = JSON.stringify(spec);
  return [main, table4].find((one) => JSON.stringify(one) === text) ?? spec;
}

/** What a model is called; a model of one's own by the name in its spec. */
export function modelName(spec: ModelSpec): string {
  if (spec === main) return msg('Hovedmodellen (vedlegg D)', { id: 'model.main' });
  if (spec === table4) return msg('Modellen i tabell 4', { id: 'model.table4' });
  return spec.name;
}
