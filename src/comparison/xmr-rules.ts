/**
 * Signs of a special cause, as the NHS's Making Data Count and its R package NHSRplotthedots define them. `shift` and `trend` mark
 * every point of the run; `two-of-three` only the points near the limit.
 */
export type XmrRule = 'outside' | 'shift' | 'trend' | 'two-of-three';

export interface RuleOptions {
  /** Points in a row on one side of the mean that make a shift: 7, or 8. */
  readonly shiftPoints: number;
  /** Points in a row, each above (or each below) the one before, that make a trend: 7, or 6. */
  readonly trendPoints: number;
}

export interface RuleLimits {
  readonly mean: number;
  /** Distance from the mean to a limit. */
  readonly reach: number;
}

/** The rules that each point of one segment breaks. A point on a limit, or on the mean, is not beyond it. */
export function brokenRules(values: readonly number[], { mean, reach }: RuleLimits, { shiftPoints, trendPoints }: RuleOptions): XmrRule[][] {
  const side = values.map((value) => Math.sign(value - mean));
  const step = values.map((value, i) => (i === 0 ? 0 : Math.sign(value - values[i - 1]!)));
  const outside = values.map((value) => value > mean + reach || value < mean - reach);
  const near = values.map((value, i) => !outside[i] && Math.abs(value - mean) > (2 / 3) * reach);

  const shift = inWindows(values.length, shiftPoints, (from, to) => oneSign(side.slice(from, to)));
  const trend = inWindows(values.length, trendPoints, (from, to) => oneSign(step.slice(from + 1, to)));
  const three = inWindows(values.length, 3, (from, to) => oneSign(side.slice(from, to)) && near.slice(from, to).filter(Boolean).length >= 2);

  const broken: Readonly<Record<XmrRule, readonly boolean[]>> = { outside, shift, trend, 'two-of-three': near.map((is, i) => is && three[i]!) };
  return values.map((_, i) => (Object.keys(broken) as XmrRule[]).filter((rule) => broken[rule][i]));
}

const oneSign = (signs: readonly number[]): boolean => signs.length > 0 && signs[0] !== 0 && signs.every((sign) => sign === signs[0]);

/** Whether each point lies in some window of `width` neighbours that `holds`. */
function inWindows(n: number, width: number, holds: (from: number, to: number) => boolean): boolean[] {
  const inside = new Array<boolean>(n).fill(false);
  for (let to = width; to <= n; to++) if (holds(to - width, to)) inside.fill(true, to - width, to);
  return inside;
}
