import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { readBundle } from '../bundle/read-bundle.ts';
import type { Bundle } from '../bundle/bundle.ts';
import { EngineError } from '../errors.ts';
import { estimationMath } from '../estimate/math.ts';
import { en } from '../messages/en.ts';
import { loadKernelModule } from '../kernels/load-node.ts';
import { openKernels } from '../kernels/wasm.ts';
import { coefficientColumns, indicatorColumns, type ResultColumn } from '../results/columns.ts';
import { csvText } from '../results/csv.ts';
import { indicatorTableName } from '../results/result-files.ts';
import { jsonText, parseStrictJson } from '../spec/strict-json.ts';
import { previewColumns, previewErrorNotes } from '../whatif/preview-error-notes.ts';
import { noteText, type OutcomeNote } from '../whatif/notes.ts';
import type { ModelChange } from '../whatif/model-change.ts';
import type { PersonLevels } from '../whatif/one-person.ts';
import type { GroupOf, PeopleChange } from '../whatif/people-change.ts';
import type { WhatIfAnswer, WhatIfRequest } from '../whatif/answer.ts';
import { openWhatIf } from '../whatif/what-if.ts';
import { printJson, tell, visible } from './console.ts';
import { interruptible } from './interrupt.ts';
import { keepApart } from './keep-apart.ts';
import { wholeNumber } from './option-parsers.ts';
import { reasonOf } from './reason.ts';
import { addReadingOptions, readingOf, type ReadingFlags } from './reading-options.ts';
import { readGiven } from './read-given.ts';
import { openStagedFolder } from './staged-folder.ts';
import { recordText } from './written-files.ts';
import { groupOf, interaction, list, merging, mixing, reference, setting, shifting } from './whatif-options.ts';
import { answerFromRows } from './whatif-rows.ts';

interface WhatIfFlags extends Omit<ModelChange, 'dropInteractions' | 'addInteractions'>, ReadingFlags {
  readonly dropInteraction?: ModelChange['dropInteractions'];
  readonly addInteraction?: ModelChange['addInteractions'];
  readonly outcome?: readonly string[];
  readonly group?: GroupOf;
  readonly person?: string;
  readonly data?: readonly string[];
  readonly workers: number;
  readonly out?: string;
  readonly force?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

async function readBytes(path: string): Promise<Uint8Array> {
  return readGiven(path).catch((cause: NodeJS.ErrnoException) => {
    throw new EngineError('usage.bundle-unreadable', { path, reason: reasonOf(cause) }, { cause });
  });
}

async function readPerson(path: string): Promise<PersonLevels> {
  try {
    const levels: unknown = parseStrictJson(jsonText(await readGiven(path)));
    if (levels !== null && typeof levels === 'object' && !Array.isArray(levels)) return levels as PersonLevels;
  } catch (cause) {
    throw new EngineError('usage.person-unreadable', { path, reason: (cause as Error).message }, { cause });
  }
  throw new EngineError('usage.person-shape', { path });
}

async function requestOf(flags: WhatIfFlags, people: readonly PeopleChange[]): Promise<WhatIfRequest> {
  const { by, drop, add, merge, reference: references, months, dropMonths, addMonths, dropInteraction, addInteraction, group } = flags;
  const model = Object.fromEntries(
    Object.entries({ by, drop, add, merge, reference: references, months, dropMonths, addMonths, dropInteractions: dropInteraction, addInteractions: addInteraction }).filter(([, value]) => value !== undefined),
  ) as ModelChange;
  if (group && !people.some(({ kind }) => kind !== 'mix')) throw new EngineError('usage.group-alone', {});
  const request: WhatIfRequest = {
    ...(flags.outcome ? { outcomes: flags.outcome } : {}),
    ...(Object.keys(model).length > 0 ? { model } : {}),
    ...(people.length > 0 ? { people: people.map((change) => (group && change.kind !== 'mix' ? { ...change, group } : change)) } : {}),
    ...(flags.person === undefined ? {} : { person: await readPerson(flags.person) }),
  };
  if (!request.model && !request.people && !request.person) throw new EngineError('usage.no-question', {});
  return request;
}

/** Columns of a table of the answer; one more says which numbers are of first order, where any are. */
function marked(columns: readonly ResultColumn[], { firstOrder }: WhatIfAnswer): readonly ResultColumn[] {
  if (firstOrder.length === 0) return columns;
  const outcomes = columns.find(({ name }) => name === 'outcome')!.values as readonly string[];
  return [...columns, { name: 'approximation', kind: 'text', values: outcomes.map((outcome) => (firstOrder.includes(outcome) ? 'first-order' : '')) }];
}

/** Columns of an indicator table, those of previews last: which numbers they are, their error size, and whether they are to be trusted. */
function tableColumns(answer: WhatIfAnswer, t: number): readonly ResultColumn[] {
  const columns = indicatorColumns(answer.tables[t]!);
  if (answer.firstOrder.length === 0) return columns;
  const { error, trusted } = previewColumns(answer, t);
  return marked([...columns, { name: 'approximation_error', kind: 'number', values: error }, { name: 'approximation_trusted', kind: 'text', values: trusted }], answer);
}

function filesOf(answer: WhatIfAnswer, summary: object): Map<string, string> {
  const files = new Map<string, string>();
  if (answer.models.length > 0) files.set('coefficients.csv', csvText(marked(coefficientColumns(answer.models), answer)));
  answer.tables.forEach((table, t) => files.set(`${indicatorTableName(table)}.csv`, csvText(tableColumns(answer, t))));
  return files.set('whatif.json', recordText(summary, files.keys()));
}

function summaryOf(bundle: Bundle, request: WhatIfRequest, answer: WhatIfAnswer): object {
  return {
    command: 'whatif', model: bundle.spec.name, breaks: answer.breaks, specDigest: bundle.specDigest, dataDigest: bundle.dataDigest, request,
    notes: allNotes(answer).map((one) => noteText(en, one)),
    noteCodes: allNotes(answer).map(({ outcome, population, note: { code, args } }) => ({ outcome, population, code, args })),
    firstOrder: answer.firstOrder,
    fits: answer.models.map(({ outcome, population, family, approximation, n, rank, rSquared, pseudoRSquared, sigma, logLikelihood, meanOutcome }) =>
      ({ outcome, population, family, approximation, n, rank, rSquared, pseudoRSquared, sigma, logLikelihood, meanOutcome })),
    persons: answer.persons,
  };
}

const allNotes = (answer: WhatIfAnswer): readonly OutcomeNote[] => [...answer.notes, ...previewErrorNotes(answer)];

/** Coefficients by row, tables by column; what cannot be computed is null. */
function numbersOf(answer: WhatIfAnswer): object {
  const { models, tables } = answer;
  return {
    coefficients: models.flatMap(({ outcome, population, approximation, coefficients }) => coefficients.map((c) => ({ outcome, population, approximation, ...c }))),
    tables: tables.map((table, t) => ({ by: table.by, columns: Object.fromEntries(tableColumns(answer, t).map(({ name, values }) => [name, Array.from<string | number | null>(values)])) })),
  };
}

function report(answer: WhatIfAnswer): string {
  const lines = allNotes(answer).map((one) => `note: ${noteText(en, one)}`);
  for (const { outcome, population, family, approximation, n, rank, rSquared, pseudoRSquared } of answer.models) {
    const share = (value: number | null): string => (value === null ? 'not defined' : value.toFixed(4));
    const fit = approximation ? `preview (${approximation})` : family === 'probit' ? `pseudo-R² ${share(pseudoRSquared)}` : `R² ${share(rSquared)}`;
    lines.push(`  ${population === '' ? outcome : `${outcome} (${population})`}: n ${n}, rank ${rank}, ${fit}, breaks frozen`);
  }
  return lines.map((line) => `${line}\n`).join('');
}

function personText({ persons }: WhatIfAnswer): string {
  return persons.map(({ outcome, population, approximation, terms, linearPredictor, expected }) => [
    `${population === '' ? outcome : `${outcome} (${population})`}${approximation ? `, preview (${approximation})` : ''}`,
    ...terms.map(({ term, level, contribution, reference: isReference }) => `  ${contribution.toFixed(4).padStart(10)}  ${term}${level === '' ? '' : ` ${level}`}${isReference ? ' (reference)' : ''}`),
    `  ${linearPredictor.toFixed(4).padStart(10)}  sum`,
    `  ${expected.toFixed(4).padStart(10)}  expected`,
  ].join('\n')).map((text) => `${text}\n`).join('');
}

async function whatIf(path: string, { flags, people, signal }: { flags: WhatIfFlags; people: readonly PeopleChange[]; signal: AbortSignal }): Promise<void> {
  const request = await requestOf(flags, people);
  if (flags.out === undefined && !flags.json && (request.model || request.people)) throw new EngineError('usage.no-destination', {});
  if (flags.out !== undefined) await keepApart([path, ...(flags.data ?? [])], flags.out);
  const bundle = readBundle(await readBytes(path));
  const answer = flags.data
    ? await answerFromRows(bundle, request, { data: flags.data, reading: readingOf(flags), workers: flags.workers, quiet: flags.quiet ?? false, signal })
    : openWhatIf(bundle, estimationMath(openKernels(await loadKernelModule())))(request);
  if (answer.models.length + answer.tables.length + answer.persons.length === 0) throw new EngineError('spec.rows-needed', { notes: answer.notes });
  const summary = summaryOf(bundle, request, answer);
  if (flags.out !== undefined) {
    const folder = await openStagedFolder(flags.out, { force: flags.force, inputs: [path, ...(flags.data ?? [])] });
    try {
      for (const [name, content] of filesOf(answer, summary)) await folder.write(name, content);
      await folder.commit();
    } finally {
      await folder.discard();
    }
  }
  if (!flags.quiet) tell(report(answer));
  if (flags.json) printJson({ ...summary, ...numbersOf(answer) });
  else process.stdout.write(visible(personText(answer)));
}

export function addWhatIfCommand(program: Command): void {
  // In the order in which they stand on the command line.
  const people: PeopleChange[] = [];
  const collect = (parse: (text: string) => PeopleChange) => (text: string): void => void people.push(parse(text));
  const command = program
    .command('whatif')
    .description('answer what-if questions from a bundle, without the rows')
    .argument('<bundle>', 'bundle.arrow as "run --bundle" writes it')
    .option('--outcome <names>', 'outcomes, as in atid3,atid12; all of them by default', list)
    .option('--drop <covariates>', 'covariates to leave out', list)
    .option('--add <covariates>', 'kept covariates to bring in', list)
    .option('--merge <covariate=levels>', 'levels to make one, as in age=30,31,32 or age=30,31,32:about 31', merging)
    .option('--reference <covariate=level>', 'another reference level', reference)
    .option('--drop-interaction <a:b>', 'interaction to leave out', interaction)
    .option('--add-interaction <a:b>', 'kept interaction to bring in', interaction)
    .option('--months <ranges>', 'estimate on these months, as in 2018-01/2019-12,2022-03', list)
    .option('--drop-months <ranges>', 'months to leave out of the estimation', list)
    .option('--add-months <ranges>', 'months to bring into the estimation', list)
    .option('--by <column>', 'estimate its groups apart: told that this needs a run')
    .option('--set <covariate=level>', 'everybody at this level', collect(setting))
    .option('--shift <covariate=levels>', 'everybody so many levels further, as in unemployment_inflow=-2', collect(shifting))
    .option('--group <column=label>', 'only this group, for --set and --shift', groupOf)
    .option('--mix <[column:]group=other>', 'a group with the mix of people of another; the column is county by default', collect(mixing))
    .option('--person <file>', 'JSON with a level of every covariate: how the expected value adds up')
    .option('--data <paths...>', 'the rows the bundle was made of: exact answers for probits too, in the place of previews')
    .option('--workers <n>', 'threads, with --data', wholeNumber(1, 64), Math.min(availableParallelism(), 64))
    .option('--out <dir>', 'folder for coefficients and indicator tables')
    .option('--force', 'replace what an earlier run wrote there')
    .option('--json', 'print the answer as JSON')
    .option('--quiet', 'nothing on stderr but errors');
  addReadingOptions(command).action((path: string, flags: WhatIfFlags) => interruptible((signal) => whatIf(path, { flags, people, signal })));
}
