import type { DesignMatrix, DesignTerms } from '../coding/design-matrix.ts';
import { EngineError } from '../errors.ts';
import type { Predictor } from '../estimate/passes.ts';
import { missingLabel } from '../spec/level-names.ts';
import { frameColumns } from '../coding/frame.ts';
import { factorsNamed, levelNamed } from './frame.ts';

/** Everybody at a level, or everybody so many levels further. Levels are in the order of the coefficient table. */
export type LevelChange =
  | { readonly kind: 'set'; readonly covariate: string; readonly level: string }
  | { readonly kind: 'shift'; readonly covariate: string; readonly by: number };

/** Everybody at a level of a factor, by their indices. */
export interface LevelAt {
  readonly factor: number;
  readonly level: number;
}

/** Where the people at each level of a factor go. */
export interface LevelMap {
  readonly factor: number;
  /** New level by level. */
  readonly to: readonly number[];
}

/** Those at an end stay at the end; a `missing` level is no end, and those there stay. */
export function levelMap(design: DesignTerms, change: LevelChange | LevelAt): LevelMap {
  if ('factor' in change) return { factor: change.factor, to: design.factors[change.factor]!.labels.map(() => change.level) };
  if (change.kind === 'set') {
    const { factor, level } = levelNamed(design, change.covariate, change.level);
    return { factor, to: design.factors[factor]!.labels.map(() => level) };
  }
  const { covariate, by } = change;
  const named = factorsNamed(design, covariate);
  if (named.length > 1) throw new EngineError('spec.what-if-shift-several', { covariate });
  if (!Number.isInteger(by) || by === 0) throw new EngineError('spec.what-if-shift-by', { covariate, by });
  const { labels } = design.factors[named[0]!]!;
  const last = labels.at(-1) === missingLabel ? labels.length - 2 : labels.length - 1;
  return { factor: named[0]!, to: labels.map((_, level) => (level > last ? level : Math.min(last, Math.max(0, level + by)))) };
}

/** The same for the columns of a frame: a person who counts in column a counts in column `map[a]` afterwards. */
export function columnMap(frame: DesignTerms, { factor, to }: LevelMap): Uint16Array {
  const { length, main, crossed } = frameColumns(frame);
  const map = Uint16Array.from({ length }, (_, a) => a);
  to.forEach((target, level) => (map[main[factor]! + level] = main[factor]! + target));
  frame.interactions.forEach(([a, b], i) => {
    if (a !== factor && b !== factor) return;
    const stride = frame.factors[a]!.labels.length;
    for (let y = 0; y < frame.factors[b]!.labels.length; y++) {
      for (let x = 0; x < stride; x++) {
        map[crossed[i]! + y * stride + x] = crossed[i]! + (b === factor ? to[y]! : y) * stride + (a === factor ? to[x]! : x);
      }
    }
  });
  return map;
}

/**
 * A predictor that gives every row the linear predictor it would have with its levels changed: what a pass over resident
 * rows needs for an exact answer. Rows that would come to a level, or a crossed cell, without an estimate get NaN, as do those that would be at
 * levels of both limits, where one composite holds them (see `movedLimits`), and so are counted as without an expected value; rows of the
 * estimation sample that are without an estimate already stay with what it tells.
 */
export function remapPredictor(design: DesignMatrix, predictor: Predictor, changes: readonly LevelChange[], unestimated: readonly number[] = []): Predictor {
  const { levels: inside, levelsOutside: outside } = predictor;
  const without = new Set(unestimated);
  const columnsAt = (cell: number): Uint16Array => design.levelColumns.subarray(design.levelColumnsStart[cell], design.levelColumnsStart[cell + 1]);
  const targets = targetsOf(design, changes);
  /** Whether what is not estimated at one cell is there at another as well. */
  const isOld = (target: number, cell: number): boolean => {
    const before = columnsAt(cell);
    const lacking = columnsAt(target).filter((column) => without.has(column));
    // Without any it is of two limits.
    return Number.isNaN(outside[cell]) && lacking.length > 0 && lacking.every((column) => before.includes(column));
  };
  return {
    ...predictor,
    levels: inside.map((value, cell) => {
      const target = targets[cell]!;
      if (target === cell) return value;
      return Number.isFinite(outside[target]) || (Number.isNaN(outside[target]) && isOld(target, cell)) ? inside[target]! : outside[target]!;
    }),
    levelsOutside: outside.map((_, cell) => outside[targets[cell]!]!),
  };
}

/** By level cell of the frame. */
export interface MovedLimits {
  readonly isMoved: Uint8Array;
  /** −∞ and ∞ where rows there are at their limit once they have moved, else 0. */
  readonly limit: Float64Array;
}

/** Of a predictor with levels at both limits; null where nobody can be at both. */
export function movedLimits(design: DesignMatrix, { levelsOutside: outside }: Predictor, changes: readonly LevelChange[]): MovedLimits | null {
  const targets = targetsOf(design, changes);
  const limit = Float64Array.from(targets, (target) => (Math.abs(outside[target]!) === Infinity ? outside[target]! : 0));
  return limit.includes(Infinity) && limit.includes(-Infinity) ? { isMoved: Uint8Array.from(targets, (target, cell) => Number(target !== cell)), limit } : null;
}

/** The cell to which the people of each level cell come. */
function targetsOf(design: DesignMatrix, changes: readonly LevelChange[]): number[] {
  const maps = changes.map((change) => cellMap(design, levelMap(design, change)));
  return Array.from({ length: design.levelCells }, (_, cell) => maps.reduce((at, map) => map[at]!, cell));
}

/** A predictor of moved rows where it is known that all come to what has an estimate, or stay at their limit for what else they are. */
export function movedPredictor(design: DesignMatrix, predictor: Predictor, map: LevelMap): Predictor {
  const cells = cellMap(design, map);
  return { ...predictor, levels: predictor.levels.map((_, cell) => predictor.levels[cells[cell]!]!) };
}

function cellMap({ composites, factors, levelCells }: DesignMatrix, { factor, to }: LevelMap): Uint32Array {
  const map = Uint32Array.from({ length: levelCells }, (_, cell) => cell);
  for (const { factors: members, strides, levels, offset } of composites) {
    const at = members.indexOf(factor);
    if (at < 0) continue;
    for (let code = 0; code < levels; code++) {
      const level = Math.floor(code / strides[at]!) % factors[factor]!.labels.length;
      map[offset + code] = offset + code + (to[level]! - level) * strides[at]!;
    }
  }
  return map;
}
