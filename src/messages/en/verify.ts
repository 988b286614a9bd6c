import { counted } from '../words.ts';

/** Of built-in specs, and of runs that are checked. */
export const verify = {
  'usage.not-built-in': ({ name, names, near }: { name: string; names: readonly string[]; near: string | null }) =>
    `No model "${name}" is built in. ${near === null ? `There are ${names.join(' and ')}.` : `Did you mean "${near}"?`}`,
  'data.other-data': ({ folder, rows, persons, wantedRows, wantedPersons }: { folder: string; rows: number; persons: number; wantedRows: number; wantedPersons: number }) =>
    `These are not the data of the run in ${folder}: they have ${counted(rows, 'row', 'rows')} of ${counted(persons, 'person', 'persons')} and another digest, the run had ${counted(wantedRows, 'row', 'rows')} of ${wantedPersons}. ` +
    'Give the files that it read.',
  'data.other-spec': ({ folder }: { folder: string }) => `The spec in the manifest of ${folder} is not the one that its digest is of: something has changed it since the run.`,
  'not-reproduced.results': ({ folder, files, theirs, ours }: { folder: string; files: readonly string[]; theirs: string; ours: string }) =>
    `The run in ${folder} is not found again from the same data: ${files.length === 0 ? 'other tables' : files.join(', ')} came out otherwise.` +
    `${theirs === ours ? '' : ` Version ${theirs} wrote it, this is ${ours}.`}`,
  'not-reproduced.files': ({ folder, files }: { folder: string; files: readonly string[] }) =>
    `The run in ${folder} is found again, but ${files.join(', ')} in it ${files.length === 1 ? 'is' : 'are'} no longer what the run wrote.`,
  'usage.r-cannot-mirror': ({ features }: { features: readonly string[] }) =>
    `No R script is written for a run with ${features.join(', ')}: the script could not do the same, and says nothing of what it has not done. verify without --r runs it again.`,
  'usage.r-out': (_: object) => '--out says where the R script is to be written; give --r with it.',
  'output.script-unwritten': ({ path, reason }: { path: string; reason: string }) => `The script cannot be written to ${path} (${reason}).`,
};
