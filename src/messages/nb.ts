import type { Catalogue } from './catalogue.ts';
import { arrow } from './nb/arrow.ts';
import { commandLine } from './nb/command-line.ts';
import { descriptive } from './nb/descriptive.ts';
import { output } from './nb/output.ts';
import { periods } from './nb/periods.ts';
import { run } from './nb/run.ts';
import { runFolder } from './nb/run-folder.ts';
import { verify } from './nb/verify.ts';
import { whatIf } from './nb/what-if.ts';

/** Bokmål. */
export const nb: Catalogue = {
  ...arrow,
  ...commandLine,
  ...descriptive,
  ...output,
  ...periods,
  ...run,
  ...runFolder,
  ...verify,
  ...whatIf,
};
