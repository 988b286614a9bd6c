import { firstOf } from '../words.ts';

/** Of the folder of a finished run, read again. */
export const runFolder = {
  'usage.no-finished-run': ({ folder, file, reason }: { folder: string; file: string; reason: string }) =>
    `${folder} is no finished run: ${file} in it cannot be read (${reason}). Give a folder that "run --out" wrote, or two models with --data.`,
  'data.no-manifest': ({ path }: { path: string }) => `${path} is not the manifest of a run. Run it again.`,
  'data.not-json': ({ path, reason }: { path: string; reason: string }) => `${path} is not JSON: ${reason}`,
  'data.key-twice': ({ path, keys }: { path: string; keys: readonly string[] }) =>
    `${path} gives something more than once: ${firstOf(keys)}. Fetch the folder or run it again.`,
  'data.not-fits': ({ path }: { path: string }) => `${path} does not hold the fits of a run. Run it again.`,
  'data.result-unreadable': ({ path, reason }: { path: string; reason: string }) => `${path} cannot be read (${reason}), though the run wrote it. Run it again.`,
  'data.no-result-table': ({ folder, name }: { folder: string; name: string }) =>
    `${folder} has no ${name}.csv and no ${name}.arrow, though its manifest tells of the table. Run it again.`,
  'data.no-result-column': ({ file, column }: { file: string; column: string }) =>
    `${file} has no column ${column}; another version of the engine wrote it. Run it again with this one.`,
  'data.results-changed': ({ folder, changed, missing }: { folder: string; changed: readonly string[]; missing: readonly string[] }) => {
    const odd = [...(changed.length > 0 ? [`not as the run wrote it: ${firstOf(changed)}`] : []), ...(missing.length > 0 ? [`missing: ${firstOf(missing)}`] : [])];
    return `The files in ${folder} are not those that its manifest tells of (${odd.join('; ')}). Fetch the folder or run it again.`;
  },
  'data.manifest-changed': ({ path }: { path: string }) =>
    `${path} is not as the run wrote it: its own checksum does not hold. Fetch the folder or run it again.`,
  'data.no-checksums': ({ path }: { path: string }) => `${path} has no checksums of the files: an earlier version wrote it. Run it again.`,
  'usage.periods-differ': ({ a, b, periodOfA, periodOfB }: { a: string; b: string; periodOfA: string; periodOfB: string }) =>
    `A (${a}) is by ${periodOfA}, B (${b}) by ${periodOfB}: their points are not of one kind. Run one of them again with the other's --period.`,
  'usage.table-name-twice': ({ name }: { name: string }) => `Two tables would have the name ${name}: give one of the columns of --by another name.`,
};
