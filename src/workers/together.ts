import { EngineError } from '../errors.ts';

/**
 * Calls that are under way at once, as `Promise.all` has them, once all have ended: the first that fails cancels the others, and its error is
 * the one that tells.
 */
export async function together<T>(calls: readonly Promise<T>[]): Promise<T[]> {
  const ended = await Promise.allSettled(calls);
  const errors = ended.flatMap((call) => (call.status === 'rejected' ? [call.reason as unknown] : []));
  if (errors.length > 0) throw errors.find((error) => !(error instanceof EngineError && error.kind === 'interrupted')) ?? errors[0];
  return ended.map((call) => (call as PromiseFulfilledResult<T>).value);
}
