import { existsSync } from 'node:fs';
import { EngineError } from '../errors.ts';
import { isWithin, realPath } from './real-path.ts';

/** Results among what is read would be read next time, and what is read among old results would go with them. */
export async function keepApart(paths: readonly string[], out: string): Promise<void> {
  const target = await realPath(out);
  for (const path of paths) {
    const source = await realPath(path);
    if (isWithin(source, target) || isWithin(target, source)) {
      throw new EngineError('usage.input-in-output', { out, path });
    }
  }
}

/** A model that is a file, and goes with its folder when that is replaced. */
export const modelFile = (model: string): string[] => (existsSync(model) ? [model] : []);
