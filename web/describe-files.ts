import { EngineError, type SentError } from '../src/errors.ts';
import type { FileDescription } from '../src/register/describe.ts';
import type { RegisterFile } from '../src/register/partition.ts';
import { watchWorker, type LifelineNote } from '../src/workers/lifeline.ts';

/** What comes back from `describe-worker.ts`. */
export type DescribeAnswer =
  | { readonly description: FileDescription }
  | { readonly error: SentError };

/**
 * Columns and rows of files, found out in a worker of its own: the pool's may be at work, and a file that cannot be read
 * is no reason to stop them.
 */
export async function describeFiles(files: readonly RegisterFile[]): Promise<FileDescription> {
  const worker = new Worker(new URL('./describe-worker.ts', import.meta.url), { type: 'module' });
  const { gone } = watchWorker(worker);
  try {
    const answer = await new Promise<DescribeAnswer>((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<DescribeAnswer | LifelineNote>) => 'held' in data || resolve(data));
      void gone.then((reason) => reject(new EngineError('worker.files-not-described', { reason })));
      worker.postMessage(files);
    });
    if ('description' in answer) return answer.description;
    throw EngineError.from(answer.error);
  } finally {
    worker.terminate();
  }
}
