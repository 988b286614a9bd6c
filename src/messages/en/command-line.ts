import { ended, nestedNotes, type NestedNote } from '../words.ts';
import { whatIf } from './what-if.ts';

/** Of how a command is asked. */
export const commandLine = {
  'usage.command-line': ({ reason }: { reason: string }) => reason,
  'usage.option-twice': ({ option }: { option: string }) => `${option} is given twice, and takes one value: leave one out.`,
  'usage.no-destination': (_: object) => 'Say where the answer is to go: --out for tables in a folder, --json for all of it on stdout.',
  'usage.input-in-output': ({ out, path }: { out: string; path: string }) =>
    `--out ${out} and ${path}, which is read, lie one within the other; keep them apart.`,
  'usage.unknown-model': ({ asked, reason, nearest, builtIn }: { asked: string; reason: string; nearest: string | null; builtIn: readonly string[] }) =>
    `${asked} is neither built in nor a file that can be read (${reason}); ${nearest === null ? `built in are ${builtIn.join(', ')}` : `did you mean "${nearest}"?`}`,
  'usage.no-column': ({ option, column, nearest, present }: { option: string; column: string; nearest: string | null; present: readonly string[] }) =>
    `${option} names a column that the table does not have: ${column}${nearest === null ? '.' : `; did you mean "${nearest}"?`} The table has: ${present.join(', ')}.`,
  'usage.cluster-and-resample': (_: object) => '--cluster person and --resample row contradict each other: leave one out.',
  'usage.needs-compare': ({ option }: { option: string }) => `${option} is about units held against each other: give --compare PERIOD too.`,
  'usage.compare-needs-by': (_: object) => '--compare holds the groups of a breakdown against each other: give --by, as in --by county.',
  'usage.compare-column-taken': ({ column }: { column: string }) =>
    `The tables of --compare have a column "${column}" of their own: give the column another name.`,
  'usage.flag-needs-data': ({ flag, a, b }: { flag: string; a: string; b: string }) =>
    `--${flag} goes with --data, where two models are run; ${a} and ${b} are taken for finished runs.`,
  'usage.limit-separate': ({ model }: { model: string }) =>
    `--limit ${model} estimates groups separately (separateBy), each with its own breaks; give a model of all rows.`,
  'usage.bundle-unreadable': ({ path, reason }: { path: string; reason: string }) => `The bundle ${path} cannot be read (${reason}); write one with "run --bundle".`,
  'usage.person-unreadable': ({ path, reason }: { path: string; reason: string }) => `--person ${path} is not a file of JSON that can be read: ${ended(reason)}`,
  'usage.person-shape': ({ path }: { path: string }) => `--person ${path} is not of the form {"covariate": "level", …}.`,
  'usage.group-alone': (_: object) => '--group says whose levels --set and --shift change; give one of them.',
  'usage.no-question': (_: object) => 'Nothing is asked: give a change such as --drop, --merge, --set, --shift, --mix, --drop-months, or --person.',
  'spec.rows-needed': ({ notes }: { notes: readonly NestedNote[] }) => `There is no answer without the rows. ${nestedNotes(whatIf, notes)}`,
  'usage.port-taken': ({ first, last }: { first: number; last: number }) =>
    `${first === last ? `Port ${first} is` : `Ports ${first} to ${last} are`} in use or not allowed; give another with --port, or 0 for any that is free.`,
  'internal.app-not-built': (_: object) => 'The web app is not built; run "npm run build" in the package first.',
  'interrupted.nothing-written': (_: object) => 'Interrupted; nothing was written.',
  'interrupted.stopped-serving': (_: object) => 'Stopped serving.',
};
