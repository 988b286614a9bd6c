import { EngineError } from '../errors.ts';
import type { RunOptions } from '../run-result.ts';
import type { ModelSpec } from '../spec/model-spec.ts';
import { rChecks } from './r-checks.ts';
import { rData } from './r-data.ts';
import { rEstimation } from './r-estimation.ts';
import { rLevels } from './r-levels.ts';
import { rOutcome } from './r-outcome.ts';

/**
 * What the script does with `spec`, `options`, `run`, `files` and `unchecked`: base R alone, step by step. It knows nothing of the
 * engine but the files that the run wrote.
 */
const body = [rData, rLevels, rEstimation, rOutcome, rChecks].join('\n');

export interface CheckedRun {
  readonly spec: ModelSpec;
  readonly options: RunOptions;
  /** What the files do not say of themselves, as the run was told it. */
  readonly reading: { readonly encoding?: string; readonly timeZone?: string };
  /** The run's folder and the files of the data, as the script is to open them. */
  readonly folder: string;
  readonly files: readonly string[];
  readonly engineVersion: string;
  readonly dataDigest: string;
  readonly resultDigest: string;
}

/** An R literal of JSON: lists of lists, numbers in full. */
export function rLiteral(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'string') return rText(value);
  if (Array.isArray(value)) return `list(${value.map(rLiteral).join(', ')})`;
  const members = Object.entries(value as object).filter(([, member]) => member !== undefined && member !== null);
  return `list(${members.map(([key, member]) => `${rText(key)} = ${rLiteral(member)}`).join(', ')})`;
}

function rText(text: string): string {
  const inside = [...text].map((c) => {
    const code = c.codePointAt(0)!;
    if (c === '\\' || c === '"') return `\\${c}`;
    return code < 32 || code > 126 ? `\\U${code.toString(16).padStart(8, '0')}` : c;
  });
  return `"${inside.join('')}"`;
}

/** Parts of a run that the script has no answer of its own for; they would be passed over in silence otherwise. */
function refuseWhatRCannot({ spec, options, reading, files }: CheckedRun): void {
  const refused: [boolean, string][] = [
    [spec.sample?.where !== undefined, 'sample.where'],
    [Object.keys(spec.derived ?? {}).length > 0, 'derived'],
    [options.where !== null, '--where'],
    [options.within !== undefined, '--within'],
    [options.threshold !== null, '--threshold'],
    [reading.encoding !== undefined, '--encoding'],
    [reading.timeZone !== undefined, '--time-zone'],
    [files.some((file) => /(^|\/)[^/]+=[^/]*\//.test(file)), 'key=value folders'],
  ];
  const features = refused.flatMap(([is, name]) => (is ? [name] : []));
  if (features.length > 0) throw new EngineError('usage.r-cannot-mirror', { features });
}

/** References are labels, which R would otherwise write in its own way. */
function withTextReferences(spec: ModelSpec): unknown {
  return JSON.parse(JSON.stringify(spec, (key, value: unknown) => (key === 'reference' && typeof value === 'number' ? String(value) : value)));
}

/** What the script prints that it does not check. */
function uncheckedParts({ interval, period, compare, effects }: RunOptions): string[] {
  return [
    `standard errors of the indicator (${interval})`,
    'relative deviations',
    ...(period === 'month' ? [] : ['seasonally adjusted values by period']),
    ...(effects ? ['average marginal effects'] : []),
    ...(compare === undefined ? [] : ['comparisons of units']),
  ];
}

/** Of a manifest that anybody may have written: nothing that ends the comment it stands in. */
const plain = (text: string): string => text.replace(/[^\w.+-]/g, '?');

/** A script in base R that codes the same rows by itself, estimates, and stops where the run's tables differ by more than 1e-8. */
export function rScript(checked: CheckedRun): string {
  refuseWhatRCannot(checked);
  const { spec, options, folder, files, engineVersion, dataDigest, resultDigest } = checked;
  const { by, period, pooled, vcov } = options;
  return `# Checks a run of arbeidsindikator ${plain(engineVersion)} by lm, glm and base R: Rscript this-file.R
# Reads the same files, codes the covariates from the spec, estimates, and stops if coefficients, standard errors or the
# indicator tables differ from those of the run by more than 1e-8 of max(1, |value|). sandwich and clubSandwich are used where
# they are installed; arrow is needed for Parquet and Arrow files alone.
# Data digest ${plain(dataDigest)}, result digest ${plain(resultDigest)}.
spec <- ${rLiteral(withTextReferences(spec))}
options <- ${rLiteral({ by, period, pooled, vcov })}
run <- ${rLiteral(folder)}
files <- c(${files.map(rLiteral).join(', ')})
unchecked <- c(${uncheckedParts(options).map(rLiteral).join(', ')})

${body}`;
}
