import type { DesignMatrix } from '../coding/design-matrix.ts';
import { cellsOfColumns } from '../coding/frame.ts';
import { EngineError } from '../errors.ts';
import { everyPlace, type Levels, type ModelColumns } from '../coding/model-columns.ts';
import { diagonalSum } from './frame-sums.ts';

/** A level (one pair) or a crossed cell of an interaction (two pairs) where everybody has the same outcome. */
export interface Separated {
  readonly at: Levels;
  readonly limit: 0 | 1;
  /** Rows there when it was found, those set aside before left out. */
  readonly rows: number;
}

/**
 * Levels and crossed cells of interactions, reference levels too, whose rows all have the outcome 0 or all 1.
 *
 * @param sums X′X and X′y of the frame
 */
export function findSeparated(model: ModelColumns, { gram, crossProduct }: { readonly gram: Float64Array; readonly crossProduct: Float64Array }): Separated[] {
  return everyPlace(model.terms).flatMap((at): Separated[] => {
    const columns = model.at(at);
    const n = diagonalSum(gram, columns);
    if (n === 0) return [];
    const ones = columns.reduce((sum, column) => sum + crossProduct[column]!, 0);
    return ones === 0 || ones === n ? [{ at, limit: ones === 0 ? 0 : 1, rows: n }] : [];
  });
}

/** What set-aside rows get on top of their linear predictor, by level cell. */
export interface Aside {
  /** For estimation rows: finite, and 0 for rows that stay. */
  readonly within: Float64Array;
  /** For other rows: infinite, so that a row drawn to both limits has no expected value. */
  readonly outside: Float64Array;
}

/**
 * Adds to the linear predictor of set-aside rows what carries them to their limit. A row may meet several separated levels,
 * found in different rounds: the first decides, so that what it adds outweighs all that later ones do. Rounds with the same
 * limit need not outweigh each other.
 */
export class Asides implements Aside {
  readonly within: Float64Array;
  readonly outside: Float64Array;
  private readonly frame: DesignMatrix;
  /** Places by which a limit outweighs the opposite one of later rounds, which may come from every other composite. */
  private readonly places: number;
  private exponent = largestExponent;
  /** Of the levels that add as much. */
  private limit: 0 | 1 | 'both' | null = null;

  constructor(frame: DesignMatrix) {
    this.frame = frame;
    this.within = new Float64Array(frame.levelCells);
    this.outside = new Float64Array(frame.levelCells);
    this.places = Math.max(1, 32 - Math.clz32(frame.composites.length - 1));
  }

  /** Throws where limits have taken turns more often than a double has room for. */
  add(model: ModelColumns, separated: readonly Separated[], nameOf: () => string): void {
    const limits = new Set(separated.map(({ limit }) => limit));
    const limit = limits.size === 1 ? [...limits][0]! : 'both';
    if (this.limit !== null && (limit === 'both' || limit !== this.limit)) this.exponent -= this.places;
    this.limit = limit;
    if (this.exponent < smallestExponent) throw new EngineError('not-estimable.separation-too-deep', { outcome: nameOf() });
    const size = 2 ** this.exponent;
    for (const { at, limit: own } of separated) {
      for (const cell of cellsOfColumns(this.frame, model.at(at))) {
        if (this.within[cell] === 0) this.within[cell] = own === 1 ? size : -size;
        this.outside[cell]! += own === 1 ? Infinity : -Infinity;
      }
    }
  }
}

// Far beyond the linear predictor of any row, numeric terms with outliers too, and so that a sum over composites is finite.
const smallestExponent = 200;
/** What carries a row to its limit is no smaller. */
export const smallestAside = 2 ** (smallestExponent - 1);
const largestExponent = 1000;
