import { run } from './en/run.ts';

/** The English sentences, and with them all codes and their arguments: what, where, how many, what to do. */
export const en = { ...run };
