import { arrow } from './en/arrow.ts';
import { bundle } from './en/bundle.ts';
import { coding } from './en/coding.ts';
import { commandLine } from './en/command-line.ts';
import { comparison } from './en/comparison.ts';
import { descriptive } from './en/descriptive.ts';
import { estimation } from './en/estimation.ts';
import { intervals } from './en/intervals.ts';
import { labels } from './en/labels.ts';
import { memory, workers, kernels } from './en/machine.ts';
import { output } from './en/output.ts';
import { parquet } from './en/parquet.ts';
import { periods } from './en/periods.ts';
import { labelNotes, readingNotes, sharingNotes } from './en/reading-notes.ts';
import { register, csv, sql } from './en/register.ts';
import { rowFaults, faultyRows } from './en/row-faults.ts';
import { run } from './en/run.ts';
import { runFolder } from './en/run-folder.ts';
import { sheets } from './en/sheets.ts';
import { specFaults, spec } from './en/spec-faults.ts';
import { sqlExpressions } from './en/sql-expressions.ts';
import { sums } from './en/sums.ts';
import { synthetic } from './en/synthetic.ts';
import { textFiles } from './en/text-files.ts';
import { verify } from './en/verify.ts';
import { warnings } from './en/warnings.ts';
import { whatIf } from './en/what-if.ts';
import { whatIfRefusals } from './en/what-if-refusals.ts';
import { within } from './en/within.ts';

/** The English sentences, and with them all codes and their arguments: what, where, how many, what to do. */
export const en = {
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
