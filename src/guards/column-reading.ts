import { covariateColumn } from '../spec/columns.ts';
import type { ModelSpec, Outcome } from '../spec/model-spec.ts';

/** Columns of the analysis table that say what Nav itself has decided; a spec may name others (`reading.decidedByNav`). */
export const defaultDecidedByNav: readonly string[] = ['support_group', 'main_group', 'measure', 'contract'];
/** Those of them that say which measure a person is on (`reading.measures`). */
export const defaultMeasures: readonly string[] = ['measure', 'contract'];

/** Outcomes nearer than this many months show people on a measure while they are still held by it. */
const lockInHorizon = 12;

/** What is to be known of one breakdown before a number of it is read, as far as model and outcome decide it. */
export interface ColumnReading {
  /** Columns of the breakdown that the model accounts for: each of their groups has a mean of zero over the whole period. */
  readonly controlled: readonly string[];
  /**
   * `movement-only`: the whole, or groups of controlled columns alone, whose level carries no information. `within`: groups can be
   * compared where they agree in the controlled columns. `comparable`: levels can be compared.
   */
  readonly level: 'movement-only' | 'within' | 'comparable';
  /** Columns that Nav itself decides, so that groups differ by who was put where. */
  readonly decidedByNav: readonly string[];
  /** People on a measure work less while it lasts, and the outcome is near enough to show it. */
  readonly lockIn: boolean;
}

export function columnReading(by: readonly string[], outcome: Outcome, spec: ModelSpec): ColumnReading {
  const { decidedByNav = defaultDecidedByNav, measures = defaultMeasures } = spec.reading ?? {};
  const covariates = controlledColumns(outcome, spec);
  const controlled = by.filter((column) => {
    const sources = sourcesOf(column, spec);
    return covariates.has(column) || (sources.length > 0 && sources.every((source) => covariates.has(source)));
  });
  const from = (column: string, listed: readonly string[]): boolean => listed.includes(column) || sourcesOf(column, spec).some((source) => listed.includes(source));
  return {
    controlled,
    level: controlled.length === by.length ? 'movement-only' : controlled.length > 0 ? 'within' : 'comparable',
    decidedByNav: by.filter((column) => from(column, decidedByNav)),
    lockIn: outcome.horizon < lockInHorizon && by.some((column) => from(column, measures)),
  };
}

/** Columns that every population's model has a covariate for, and the one that tells the populations apart. */
function controlledColumns({ horizon }: Outcome, { covariates, separateBy = null }: ModelSpec): ReadonlySet<string> {
  const listed = separateBy !== null && typeof separateBy === 'object' ? separateBy.groups.map((group) => group.covariates ?? covariates) : [covariates];
  const [first, ...others] = listed.map((own) => new Set(own.map((covariate) => covariateColumn(covariate, horizon))));
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
