import type { Catalogue } from './catalogue.ts';
import { run } from './nn/run.ts';
import { verify } from './nn/verify.ts';

/** Nynorsk. */
export const nn: Catalogue = { ...run, ...verify };
