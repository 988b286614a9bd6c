import type { Bundle } from '../bundle/bundle.ts';
import { EngineError } from '../errors.ts';
import { runWhatIf } from '../pipeline.ts';
import { listRegisterFiles } from '../register/files-node.ts';
import type { ReadingOptions } from '../register/partition.ts';
import type { WhatIfAnswer, WhatIfRequest } from '../whatif/answer.ts';
import { tellingBreakdowns } from '../whatif/telling-breakdowns.ts';
import { loadRows } from '../workers/load-rows.ts';
import { openPool } from '../workers/open-node.ts';
import { openProgress } from './progress.ts';

export interface RowsAtHand {
  readonly data: readonly string[];
  readonly reading: ReadingOptions;
  readonly workers: number;
  readonly quiet: boolean;
  readonly signal: AbortSignal;
}

/** An exact answer: the bundle's run over its rows again, and then from the rows. Throws `EngineError('data')` for other rows. */
export async function answerFromRows(bundle: Bundle, request: WhatIfRequest, { data, reading, workers, quiet, signal }: RowsAtHand): Promise<WhatIfAnswer> {
  const { spec, threshold } = bundle;
  const shown = bundle.options.by;
  const options = { ...bundle.options, by: tellingBreakdowns(shown, request.people ?? []), threshold };
  const files = await listRegisterFiles(data, reading, signal);
  const progress = openProgress(process.stderr, quiet);
  const pool = await openPool({ workers });
  try {
    const rows = await loadRows({ spec, source: { files }, by: options.by, where: options.where, pool, signal, onProgress: progress.report });
    if (rows.digest !== bundle.dataDigest) {
      throw new EngineError('data.other-rows', { rows: rows.rows, digest: rows.digest, expectedRows: bundle.rows, expectedDigest: bundle.dataDigest });
    }
    const { whatIf } = await runWhatIf({ spec, options, shown, pool, signal, onProgress: progress.report }, rows);
    const answer = await whatIf(request, signal);
    // Tables are made while the kernels are there.
    return { ...answer, tables: answer.tables, errors: answer.errors };
  } finally {
    progress.stop();
    await pool.close();
  }
}
