import type { Catalogue } from './catalogue.ts';
import { run } from './nb/run.ts';

/** Bokmål. */
export const nb: Catalogue = { ...run };
