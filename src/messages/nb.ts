import type { Catalogue } from './catalogue.ts';
import { run } from './nb/run.ts';
import { whatIf } from './nb/what-if.ts';
import { verify } from './nb/verify.ts';

/** Bokmål. */
export const nb: Catalogue = { ...run, ...verify, ...whatIf };
