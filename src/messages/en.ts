import { run } from './en/run.ts';
import { whatIf } from './en/what-if.ts';
import { verify } from './en/verify.ts';

/** The English sentences, and with them all codes and their arguments: what, where, how many, what to do. */
export const en = { ...run, ...verify, ...whatIf };
