import { readFile } from 'node:fs/promises';
import { EngineError } from '../errors.ts';
import { builtInSpecs } from '../spec/built-in.ts';
import type { ModelSpec } from '../spec/model-spec.ts';
import { suggestion } from '../spec/nearest.ts';
import { parseModelSpec } from '../spec/parse-spec.ts';

/** The built-in spec of that name, else the one in the file of that name; `asked` is how the user asked for it. */
export async function loadSpec(model: string, asked = `--model ${model}`): Promise<ModelSpec> {
  const builtIn = builtInSpecs.get(model);
  if (builtIn !== undefined) return builtIn;
  let text: string;
  try {
    text = await readFile(model, 'utf8');
  } catch (cause) {
    const names = [...builtInSpecs.keys()];
    const hint = suggestion(model, names) || `; built in are ${names.join(', ')}`;
    const code = (cause as NodeJS.ErrnoException).code;
    throw new EngineError('usage', `${asked} is neither built in nor a file that can be read (${code})${hint}`, { model }, { cause });
  }
  try {
    return parseModelSpec(text);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw new EngineError(error.kind, `${model}: ${error.message}`, { ...error.args, model }, { cause: error });
  }
}
