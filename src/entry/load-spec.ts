import { EngineError } from '../errors.ts';
import { builtInSpecs } from '../spec/built-in.ts';
import type { ModelSpec } from '../spec/model-spec.ts';
import { nearest } from '../spec/nearest.ts';
import { parseModelSpec, specText } from '../spec/parse-spec.ts';
import { readGiven } from './read-given.ts';
import { reasonOf } from './reason.ts';

/** The built-in spec of that name, else the one in the file of that name; `asked` is how the user asked for it. */
export async function loadSpec(model: string, asked = `--model ${model}`): Promise<ModelSpec> {
  const builtIn = builtInSpecs.get(model);
  if (builtIn !== undefined) return builtIn;
  let bytes: Uint8Array;
  try {
    bytes = await readGiven(model);
  } catch (cause) {
    const builtIn = [...builtInSpecs.keys()];
    throw new EngineError('usage.unknown-model', { asked, reason: reasonOf(cause), nearest: nearest(model, builtIn), builtIn }, { cause });
  }
  return parseModelSpec(specText(bytes, model), model);
}
