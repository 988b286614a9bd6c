import { bundleOf } from '../../../src/bundle/bundle.ts';
import { readBundle } from '../../../src/bundle/read-bundle.ts';
import { writeBundle } from '../../../src/bundle/write-bundle.ts';
import type { EngineError } from '../../../src/errors.ts';
import type { EstimationMath } from '../../../src/estimate/estimation-math.ts';
import type { WhatIfRun } from '../../../src/pipeline.ts';
import type { WhatIfAnswer, WhatIfRequest } from '../../../src/whatif/answer.ts';
import { formatMonth } from '../../../src/spec/months.ts';
import { isWithheldCell, type KeptSums } from '../../../src/whatif/kept-sums.ts';
import { tellingBreakdowns } from '../../../src/whatif/telling-breakdowns.ts';
import { openWhatIf } from '../../../src/whatif/what-if.ts';
import type { LoadedRows } from '../../../src/workers/load-rows.ts';
import type { Pool } from '../../../src/workers/pool.ts';
import { labelOf } from '../../reference/table.ts';
import { plainPopulations } from '../../reference/what-if.ts';
import { built, defaultOptions } from '../../support/built-engine.ts';
import { writeTable } from '../../support/write-table.ts';
import { holdAnswer, noTally, plainAnswers, reasons, type Tally } from './hold.ts';
import { randomCase, type RandomCase } from './panel.ts';
import { randomQuestions } from './questions.ts';

interface Asking {
  readonly pool: Pool;
  readonly math: EstimationMath;
  readonly questions: number;
}

/** Whether months are refused since they would tell of a withheld cell: each of them has one, with rows, that the model's levels count. */
function isWithheldMonths({ spec, rows }: RandomCase, kept: readonly KeptSums[], { code, args }: EngineError): boolean {
  if (code !== 'spec.what-if-months-together' && code !== 'spec.what-if-months-withheld') return false;
  const { separateBy } = spec;
  const modelled = new Set([...spec.covariates.map(({ name, column }) => column ?? name), ...(separateBy ? [typeof separateBy === 'string' ? separateBy : separateBy.column] : [])]);
  const telling = kept.flatMap(({ groupings }) => groupings.flatMap((grouping) => {
    const { by, groups, firstMonth } = grouping;
    if (by.length > 2 || !by.every((column) => modelled.has(column))) return [];
    return [...grouping.n.keys()].filter((cell) => isWithheldCell(grouping, cell)).flatMap((cell) => {
      const month = formatMonth(firstMonth + Math.floor(cell / groups.length));
      const labels = groups[cell % groups.length]!;
      return rows.some((row) => row[spec.month] === month && by.every((column, c) => labelOf(row, column) === labels[c])) ? [month] : [];
    });
  }));
  return (args as { months: readonly string[] }).months.every((month) => telling.includes(month));
}

/** Asks one case of chance what-if questions, of its bundle and of its rows, and holds the answers against plain sums. */
export async function askCase(seed: number, { pool, math, questions }: Asking): Promise<Tally> {
  const tally = noTally();
  const given = randomCase(seed);
  const { loadRows } = (await built('workers/load-rows.js')) as { loadRows(request: object): Promise<LoadedRows> };
  const { runWhatIf } = (await built('pipeline.js')) as { runWhatIf(request: object, rows: LoadedRows): Promise<WhatIfRun> };
  const options = { ...defaultOptions, by: given.by };
  const files = writeTable(given.rows, { format: 'arrow', parts: 2 });
  let resident = '';
  let run: WhatIfRun;
  // The pool holds one load at a time.
  const runOf = async (by: RandomCase['by']): Promise<WhatIfRun> => {
    if (JSON.stringify(by) === resident) return run;
    const loaded = await loadRows({ spec: given.spec, source: { files }, by, where: null, pool, onProgress: () => {} });
    resident = JSON.stringify(by);
    return (run = await runWhatIf({ spec: given.spec, options: { ...options, by }, shown: given.by, pool }, loaded));
  };
  try {
    run = await runOf(given.by);
  } catch (cause) {
    if ((cause as EngineError).kind === undefined) throw cause;
    tally.notEstimable++;
    return tally;
  }
  const bundle = readBundle(writeBundle(bundleOf(run!.result, { engineVersion: 'test' })));
  /** As the command line does with --data. */
  const fromRows = async (request: WhatIfRequest): Promise<WhatIfAnswer> => {
    const by = tellingBreakdowns(given.by, request.people ?? []);
    return (await runOf(by)).whatIf(request);
  };
  const fromBundle = openWhatIf(bundle, math);
  const populations = plainPopulations(given);
  for (const [q, request] of randomQuestions(given, populations, questions).entries()) {
    const plain = plainAnswers(given, populations, request);
    for (const source of ['bundle', 'rows'] as const) {
      const before = tally.faults.length;
      tally.asked++;
      const isPreview = source === 'bundle' && given.spec.outcomes.some(({ family }) => family === 'probit');
      const allowed = reasons({ given, request, plain, isPreview });
      try {
        const answer = source === 'bundle' ? fromBundle(request) : await fromRows(request);
        const kept = source === 'bundle' ? given.by : tellingBreakdowns(given.by, request.people ?? []);
        holdAnswer({ given, request, plain, answer, kept, isExact: source === 'rows', tally });
        const asked = ['month not there', 'month not in the sample', 'month in the sample', 'in and out'].filter((one) => allowed.includes(one));
        if (asked.length > 0) tally.faults.push(`answered though ${asked.join(', ')}`);
      } catch (cause) {
        if ((cause as EngineError).kind === undefined) throw cause;
        tally.refused++;
        if (allowed.length === 0 && !(source === 'bundle' && isWithheldMonths(given, bundle.kept, cause as EngineError))) tally.faults.push(`refused: ${(cause as Error).message}`);
      }
      for (let k = before; k < tally.faults.length; k++) tally.faults[k] = `${seed}.${q} from ${source}, ${JSON.stringify(request)}: ${tally.faults[k]}`;
    }
  }
  return tally;
}
