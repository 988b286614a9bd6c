import { join } from 'node:path';
import type { ComparedCoefficient, ComparedFit, ComparedRun, ComparedTable } from '../compare-runs/compared-run.ts';
import type { UnitOptions } from '../comparison/compare-units.ts';
import { EngineError } from '../errors.ts';
import type { Fit, LevelStatus } from '../estimate/fit.ts';
import type { ReadingOptions } from '../register/partition.ts';
import { isSealed, type Checksums } from '../results/checksums.ts';
import { knownEncoding } from '../register/text-encoding.ts';
import { isTimeZone } from '../register/time-zone.ts';
import { indicatorTableName, manifestName, resultDigest } from '../results/result-files.ts';
import type { RunOptions } from '../run-result.ts';
import { formatPath } from '../spec/fault.ts';
import type { ModelSpec } from '../spec/model-spec.ts';
import { RepeatedKeys, parseStrictJson } from '../spec/strict-json.ts';
import { readResultTable, type ReadTable } from './read-result-table.ts';
import { reasonOf } from './reason.ts';
import { changedParts, readPart, textOf } from './run-parts.ts';

/** What is used of `manifest.json`. */
export interface Manifest {
  readonly engine: { readonly version: string };
  readonly resultDigest: string;
  readonly resultFiles: readonly string[];
  readonly specDigest: string;
  readonly data: {
    readonly digest: string;
    readonly rows: number;
    readonly persons: number;
    readonly firstMonth: string | null;
    readonly lastMonth: string | null;
    readonly reading?: ReadingOptions;
  };
  readonly options: RunOptions;
  readonly spec: ModelSpec;
  readonly checksums: Checksums;
  /** How units were compared; absent where they were not. */
  readonly comparison?: UnitOptions;
}

/**
 * A finished run, read back from the folder that `run` wrote; its numbers are those that were computed, to the bit.
 * Throws `EngineError('usage')` where there is none, `EngineError('data')` where the files are not as the run left them.
 */
export async function readRunFolder(folder: string): Promise<ComparedRun> {
  const manifest = await readManifest(folder);
  const { options, data } = manifest;
  const parts = await changedParts(folder, manifest.checksums);
  if (parts.changed.length + parts.missing.length > 0) throw new EngineError('data.results-changed', { folder, ...parts });
  const fitText = await readText(folder, 'fit.json');
  const tables = new Map<string, ReadTable>();
  const files = new Map<string, string | Uint8Array>();
  for (const name of manifest.resultFiles) {
    if (!name.endsWith('.csv')) {
      files.set(name, name === 'fit.json' ? fitText : await readText(folder, name));
      continue;
    }
    const table = await readResultTable(folder, name.slice(0, -'.csv'.length));
    tables.set(name.slice(0, -'.csv'.length), table);
    files.set(name, table.csv);
  }
  const breakdowns = [[], ...options.by];
  if ((await resultDigest(files)) !== manifest.resultDigest) {
    throw new EngineError('data.results-changed', { folder, changed: [manifestName], missing: [] });
  }
  return {
    name: folder,
    model: manifest.spec.name,
    engineVersion: manifest.engine.version,
    specDigest: manifest.specDigest,
    data: { digest: data.digest, rows: data.rows, persons: data.persons, firstMonth: data.firstMonth, lastMonth: data.lastMonth },
    options,
    fits: fitsOf(fitsIn(join(folder, 'fit.json'), fitText), tables.get('coefficients')!),
    tables: breakdowns.map((by) => tableOf(tables.get(indicatorTableName({ by }))!, by, options.period)),
  };
}

/** The manifest of a finished run; throws as `readRunFolder` does. */
export async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, manifestName);
  const bytes = await readPart(path).catch((cause: unknown) => {
    throw new EngineError('usage.no-finished-run', { folder, file: manifestName, reason: reasonOf(cause) }, { cause });
  });
  const manifest = parseJson(path, textOf(path, bytes)) as Partial<Manifest> | null;
  const isWhole =
    typeof manifest?.resultDigest === 'string' &&
    areBreakdowns(manifest.options?.by) &&
    isResultFiles(manifest) &&
    typeof manifest.data?.digest === 'string' &&
    isReading(manifest.data.reading) &&
    typeof manifest.spec?.name === 'string' &&
    typeof manifest.engine?.version === 'string';
  if (!isWhole) throw new EngineError('data.no-manifest', { path });
  if (!hasChecksums(manifest.checksums)) throw new EngineError('data.no-checksums', { path });
  if (!(await isSealed(manifest as Manifest))) throw new EngineError('data.manifest-changed', { path });
  return manifest as Manifest;
}

function isReading(reading: unknown): boolean {
  if (reading === undefined) return true;
  if (reading === null || typeof reading !== 'object') return false;
  const { encoding, timeZone, allowUnfinished } = reading as Record<keyof ReadingOptions, unknown>;
  return (encoding === undefined || (typeof encoding === 'string' && knownEncoding(encoding) !== null))
    && (timeZone === undefined || (typeof timeZone === 'string' && isTimeZone(timeZone)))
    && (allowUnfinished === undefined || typeof allowUnfinished === 'boolean');
}

const areBreakdowns = (by: unknown): boolean =>
  Array.isArray(by) &&
  by.every((columns) => Array.isArray(columns) && columns.every((column) => typeof column === 'string'));

/** Whether a manifest names what it is the digest of, the tables of every breakdown among them. */
function isResultFiles({ resultFiles, options }: Partial<Manifest>): boolean {
  const needed = ['fit.json', 'coefficients.csv', ...[[], ...(options?.by ?? [])].map((by) => `${indicatorTableName({ by })}.csv`)];
  return Array.isArray(resultFiles) && needed.every((name) => resultFiles.includes(name)) && resultFiles.every((name) => /^[^/\\]+\.(csv|json)$/.test(name));
}

/** Names of files in the folder itself, each with a checksum. */
function hasChecksums(checksums: Partial<Checksums> | undefined): boolean {
  const { files, manifest } = checksums ?? {};
  return typeof manifest === 'string' && typeof files === 'object' && files !== null && !Array.isArray(files)
    && Object.entries(files).every(([name, sum]) => /^[^/\\]+\.[a-z]+$/.test(name) && typeof sum === 'string');
}

async function readText(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  const bytes = await readPart(path).catch((cause: unknown) => {
    throw new EngineError('data.result-unreadable', { path, reason: reasonOf(cause) }, { cause });
  });
  return textOf(path, bytes);
}

function parseJson(path: string, text: string): unknown {
  try {
    return parseStrictJson(text);
  } catch (cause) {
    if (cause instanceof RepeatedKeys)
      throw new EngineError('data.key-twice', { path, keys: cause.ways.map(formatPath) }, { cause });
    throw new EngineError('data.not-json', { path, reason: (cause as Error).message }, { cause });
  }
}

function fitsIn(path: string, text: string): Omit<Fit, 'coefficients'>[] {
  const fits = parseJson(path, text) as Partial<Fit>[] | null;
  const isFit = (fit: Partial<Fit> | null): boolean => typeof fit?.outcome === 'string' && typeof fit.population === 'string' && typeof fit.n === 'number';
  if (!Array.isArray(fits) || !fits.every(isFit)) throw new EngineError('data.not-fits', { path });
  return fits as Fit[];
}

function fitsOf(fits: readonly Omit<Fit, 'coefficients'>[], table: ReadTable): ComparedFit[] {
  const [outcome, population, term, level, status] = ['outcome', 'population', 'term', 'level', 'status'].map(table.text);
  const [n, estimate, standardError] = ['n', 'estimate', 'std_error'].map(table.numbers);
  const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
  const rows = new Map<string, ComparedCoefficient[]>();
  outcome!.forEach((name, i) => {
    const key = JSON.stringify([name, population![i]!]);
    const coefficient = { term: term![i]!, level: level![i]!, status: status![i]! as LevelStatus, n: n![i]!, estimate: orNull(estimate![i]!), standardError: orNull(standardError![i]!) };
    const known = rows.get(key);
    if (known) known.push(coefficient);
    else rows.set(key, [coefficient]);
  });
  return fits.map((fit) => ({ ...fit, coefficients: rows.get(JSON.stringify([fit.outcome, fit.population])) ?? [] }));
}

function tableOf(table: ReadTable, by: readonly string[], period: ComparedTable['period']): ComparedTable {
  return {
    by,
    period,
    outcome: table.text('outcome'),
    groups: by.map(table.text),
    periods: table.text(period === 'month' ? 'month' : 'period'),
    n: table.numbers('n'),
    actual: table.numbers('actual'),
    expected: table.numbers('expected'),
    indicator: table.numbers('indicator'),
    indicatorSeasonallyAdjusted: table.numbers('indicator_seasonally_adjusted'),
  };
}
