import { covariateColumn } from '../spec/columns.ts';
import type { ZeroMean, ZeroMeans } from '../indicator/zero-means.ts';
import type { ModelSpec, Outcome } from '../spec/model-spec.ts';

/** Columns of the analysis table that say what Nav itself has decided; a spec may name others (`reading.decidedByNav`). */
export const defaultDecidedByNav: readonly string[] = ['support_group', 'main_group', 'measure', 'contract'];
/** Those of them that say which measure a person is on (`reading.measures`). */
export const defaultMeasures: readonly string[] = ['measure', 'contract'];

/** Outcomes nearer than this many months show people on a measure while they are still held by it. */
const lockInHorizon = 12;

/** What is to be known of one breakdown before a number of it is read, as far as model and outcome decide it. */
export interface ColumnReading {
  /** Columns of the breakdown that the model accounts for. */
  readonly controlled: readonly string[];
  /**
   * `movement-only`: the whole, or groups that the model has levels for, whose level carries no information. `partly`: that holds
   * for some groups, and not for those that share a level with others. `within`: groups can be compared where they agree in
   * the controlled columns. `comparable`: levels can be compared.
   */
  readonly level: 'movement-only' | 'partly' | 'within' | 'comparable';
  /** Groups whose mean over all rows is zero by construction (near zero of a probit), and groups in all; null where that is not known. */
  readonly zeroMeans: { readonly groups: number; readonly of: number; readonly kind: ZeroMean } | null;
  /** Columns that Nav itself decides, so that groups differ by who was put where. */
  readonly decidedByNav: readonly string[];
  /** People on a measure work less while it lasts, and the outcome is near enough to show it. */
  readonly lockIn: boolean;
}

export function columnReading(by: readonly string[], outcome: Outcome, spec: ModelSpec, known: readonly ZeroMeans[] = []): ColumnReading {
  const { decidedByNav = defaultDecidedByNav, measures = defaultMeasures } = spec.reading ?? {};
  const covariates = controlledColumns(outcome, spec);
  const controlled = by.filter((column) => {
    const sources = sourcesOf(column, spec);
    return covariates.has(column) || (sources.length > 0 && sources.every((source) => covariates.has(source)));
  });
  const from = (column: string, listed: readonly string[]): boolean => listed.includes(column) || sourcesOf(column, spec).some((source) => listed.includes(source));
  const zero = known.find((one) => one.outcome === outcome.name && one.by.join('\n') === by.join('\n'));
  const held = zero ? zero.zero.filter((kind) => kind !== 'no').length : 0;
  const byName = controlled.length === by.length ? 'movement-only' : controlled.length > 0 ? 'within' : 'comparable';
  return {
    controlled,
    level: zero === undefined ? byName : held === zero.groups.length ? 'movement-only' : held > 0 || (byName === 'movement-only' && by.length > 0) ? 'partly' : by.length === 0 ? 'comparable' : byName,
    zeroMeans: zero ? { groups: held, of: zero.groups.length, kind: held === 0 ? 'no' : zero.zero.includes('near') ? 'near' : 'exact' } : null,
    decidedByNav: by.filter((column) => from(column, decidedByNav)),
    lockIn: outcome.horizon < lockInHorizon && by.some((column) => from(column, measures)),
  };
}

/** Columns that every population's model has a covariate for, and the one that tells the populations apart. */
function controlledColumns({ horizon }: Outcome, { covariates, separateBy = null }: ModelSpec): ReadonlySet<string> {
  const listed = separateBy !== null && typeof separateBy === 'object' ? separateBy.groups.map((group) => group.covariates ?? covariates) : [covariates];
  const [first, ...others] = listed.map((own) => new Set(own.filter(({ coding }) => coding !== 'numeric').map((covariate) => covariateColumn(covariate, horizon))));
  const common = [...first!].filter((column) => others.every((columns) => columns.has(column)));
  if (separateBy !== null) common.push(typeof separateBy === 'string' ? separateBy : separateBy.column);
  return new Set(common);
}

const keywords = new Set('and or not in is null between case when then else end like ilike true false cast as distinct from integer int bigint double float varchar text boolean date'.split(' '));

/** Names in the SQL of a derived column that can be columns: no text, no function, no keyword. None for other columns. */
function sourcesOf(column: string, { derived = {} }: ModelSpec): string[] {
  if (!Object.hasOwn(derived, column)) return [];
  const sql = derived[column]!.replaceAll(/'(?:[^']|'')*'/g, "''");
  const names = [...sql.matchAll(/"((?:[^"]|"")+)"|\b([\p{L}_][\p{L}\p{N}_]*)\b(?!\s*\()/gu)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain!);
  return names.filter((name) => !keywords.has(name.toLowerCase()));
}
