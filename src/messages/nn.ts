import type { Catalogue } from './catalogue.ts';
import { arrow } from './nn/arrow.ts';
import { bundle } from './nn/bundle.ts';
import { coding } from './nn/coding.ts';
import { commandLine } from './nn/command-line.ts';
import { comparison } from './nn/comparison.ts';
import { descriptive } from './nn/descriptive.ts';
import { estimation } from './nn/estimation.ts';
import { intervals } from './nn/intervals.ts';
import { labels } from './nn/labels.ts';
import { memory, workers, kernels } from './nn/machine.ts';
import { output } from './nn/output.ts';
import { parquet } from './nn/parquet.ts';
import { periods } from './nn/periods.ts';
import { labelNotes, readingNotes, sharingNotes } from './nn/reading-notes.ts';
import { register, csv, sql } from './nn/register.ts';
import { rowFaults, faultyRows } from './nn/row-faults.ts';
import { run } from './nn/run.ts';
import { runFolder } from './nn/run-folder.ts';
import { sheets } from './nn/sheets.ts';
import { specFaults, spec } from './nn/spec-faults.ts';
import { sqlExpressions } from './nn/sql-expressions.ts';
import { sums } from './nn/sums.ts';
import { synthetic } from './nn/synthetic.ts';
import { textFiles } from './nn/text-files.ts';
import { verify } from './nn/verify.ts';
import { warnings } from './nn/warnings.ts';
import { whatIf } from './nn/what-if.ts';
import { whatIfRefusals } from './nn/what-if-refusals.ts';
import { within } from './nn/within.ts';

/** Nynorsk. */
export const nn: Catalogue = {
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
