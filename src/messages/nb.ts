import type { Catalogue } from './catalogue.ts';
import { run } from './nb/run.ts';
import { verify } from './nb/verify.ts';

/** Bokmål. */
export const nb: Catalogue = { ...run, ...verify };
