import type { UnitOptions } from '../comparison/compare-units.ts';
import { spelledOut } from '../messages/catalogue.ts';
import { en } from '../messages/en.ts';
import type { RunResult } from '../run-result.ts';
import { sealedManifest } from './checksums.ts';
import type { ResultFiles } from './result-files.ts';

export interface ManifestContext {
  readonly engineVersion: string;
  /** Such as `node 20.20.2, linux x64`. */
  readonly runtime: string;
  readonly workers: number;
  /** Files read, by name. */
  readonly files: readonly string[];
  /** What the files do not say of themselves; absent where nothing was given. */
  readonly reading?: object;
  /** Seed of random draws; null where none were made. */
  readonly seed: number | null;
  /** How units were compared; absent where they were not. */
  readonly comparison?: UnitOptions;
  readonly resultDigest: string;
  /** What that is the digest of, as CSV and JSON. */
  readonly resultFiles: readonly string[];
}

/** `manifest.json` of the files written: what it takes to run again to the same tables, how long it took, and their checksums. */
export function manifestJson(result: RunResult, context: ManifestContext, files: ResultFiles): Promise<string> {
  const manifest = {
    engine: { name: 'arbeidsindikator', version: context.engineVersion },
    resultDigest: context.resultDigest,
    resultFiles: context.resultFiles,
    specDigest: result.specDigest,
    data: {
      digest: result.dataDigest,
      rows: result.rows,
      persons: result.persons,
      months: result.months.length,
      firstMonth: result.months[0] ?? null,
      lastMonth: result.months.at(-1) ?? null,
      files: context.files,
      ...(context.reading ? { reading: context.reading } : {}),
    },
    options: result.options,
    ...(context.comparison ? { comparison: context.comparison } : {}),
    seed: context.seed,
    spec: result.spec,
    warnings: result.warnings.map((warning) => spelledOut(en, warning)),
    runtime: { name: context.runtime, workers: context.workers },
    timings: result.timings,
  };
  return sealedManifest(manifest, files);
}
