import { EngineError } from '../errors.ts';
import { isWithin, realPath } from './staged-folder.ts';

/** Results among the data would be read as data next time, and data among old results would go with them. */
export async function keepApart(data: readonly string[], out: string): Promise<void> {
  const target = await realPath(out);
  for (const path of data) {
    const source = await realPath(path);
    if (isWithin(source, target) || isWithin(target, source)) {
      throw new EngineError('usage', `--out ${out} and the data in ${path} lie one within the other; keep them apart.`, { out, path });
    }
  }
}
