import type { Catalogue } from './catalogue.ts';
import { arrow } from './nn/arrow.ts';
import { commandLine } from './nn/command-line.ts';
import { descriptive } from './nn/descriptive.ts';
import { estimation } from './nn/estimation.ts';
import { output } from './nn/output.ts';
import { parquet } from './nn/parquet.ts';
import { periods } from './nn/periods.ts';
import { register, csv, sql } from './nn/register.ts';
import { rowFaults, faultyRows } from './nn/row-faults.ts';
import { runFolder } from './nn/run-folder.ts';
import { run } from './nn/run.ts';
import { specFaults, spec } from './nn/spec-faults.ts';
import { verify } from './nn/verify.ts';
import { whatIfRefusals } from './nn/what-if-refusals.ts';
import { whatIf } from './nn/what-if.ts';

/** Nynorsk. */
export const nn: Catalogue = {
  ...arrow,
  ...commandLine,
  ...descriptive,
  ...estimation,
  ...output,
  ...parquet,
  ...periods,
  ...register,
  ...csv,
  ...sql,
  ...rowFaults,
  ...faultyRows,
  ...runFolder,
  ...run,
  ...specFaults,
  ...spec,
  ...verify,
  ...whatIfRefusals,
  ...whatIf,
};
