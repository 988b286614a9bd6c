import type { Catalogue } from './catalogue.ts';
import { run } from './nn/run.ts';

/** Nynorsk. */
export const nn: Catalogue = { ...run };
