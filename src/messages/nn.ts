import type { Catalogue } from './catalogue.ts';
import { run } from './nn/run.ts';
import { whatIf } from './nn/what-if.ts';
import { verify } from './nn/verify.ts';

/** Nynorsk. */
export const nn: Catalogue = { ...run, ...verify, ...whatIf };
