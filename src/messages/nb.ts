import type { Catalogue } from './catalogue.ts';
import { arrow } from './nb/arrow.ts';
import { bundle } from './nb/bundle.ts';
import { coding } from './nb/coding.ts';
import { commandLine } from './nb/command-line.ts';
import { comparison } from './nb/comparison.ts';
import { descriptive } from './nb/descriptive.ts';
import { estimation } from './nb/estimation.ts';
import { intervals } from './nb/intervals.ts';
import { labels } from './nb/labels.ts';
import { memory, workers, kernels } from './nb/machine.ts';
import { output } from './nb/output.ts';
import { parquet } from './nb/parquet.ts';
import { periods } from './nb/periods.ts';
import { labelNotes, readingNotes, sharingNotes } from './nb/reading-notes.ts';
import { register, csv, sql } from './nb/register.ts';
import { rowFaults, faultyRows } from './nb/row-faults.ts';
import { run } from './nb/run.ts';
import { runFolder } from './nb/run-folder.ts';
import { sheets } from './nb/sheets.ts';
import { specFaults, spec } from './nb/spec-faults.ts';
import { sqlExpressions } from './nb/sql-expressions.ts';
import { sums } from './nb/sums.ts';
import { synthetic } from './nb/synthetic.ts';
import { textFiles } from './nb/text-files.ts';
import { verify } from './nb/verify.ts';
import { warnings } from './nb/warnings.ts';
import { whatIf } from './nb/what-if.ts';
import { whatIfRefusals } from './nb/what-if-refusals.ts';
import { within } from './nb/within.ts';

/** Bokmål. */
export const nb: Catalogue = {
  ...arrow,
  ...bundle,
  ...coding,
  ...commandLine,
  ...comparison,
  ...descriptive,
  ...estimation,
  ...intervals,
  ...labels,
  ...memory,
  ...workers,
  ...kernels,
  ...output,
  ...parquet,
  ...periods,
  ...labelNotes,
  ...readingNotes,
  ...sharingNotes,
  ...register,
  ...csv,
  ...sql,
  ...rowFaults,
  ...faultyRows,
  ...run,
  ...runFolder,
  ...sheets,
  ...specFaults,
  ...spec,
  ...sqlExpressions,
  ...sums,
  ...synthetic,
  ...textFiles,
  ...verify,
  ...warnings,
  ...whatIf,
  ...whatIfRefusals,
  ...within,
};
