/** Hidden numbers of one kind, and the sums that the shown ones leave of them: Σ sign · value is known for every sum. */
export interface HiddenNumbers {
  /** True values. */
  readonly values: Float64Array;
  /** No number is known to be above less than this. */
  readonly least: Float64Array;
  readonly sums: readonly { readonly places: readonly number[]; readonly signs: readonly number[] }[];
}

const steps = 40;

const inverseSquare = (x: number): number => 1 / (x * x);

/**
 * How far apart, at least, the bounds are that follow for each hidden number from the sums and from `least`; 0 where nothing is proved.
 * Around the analytic centre of what is possible lies an ellipsoid of points that are all possible (Dikin 1967; Nesterov and Nemirovskii 1994,
 * Theorem 2.1.1): its extent along each number is what the linear program's bounds are no nearer than. Where that is less than is needed, the
 * line through the centre along which the number moves most easily is followed to where the first number ends.
 */
export function provedWidths({ values, least, sums }: HiddenNumbers, needed: (place: number) => number): Float64Array {
  const n = values.length;
  const of = heldBy(sums, n);
  const free = values.reduce((total, value, i) => total + (value - least[i]!), 0);
  const scale = Math.max(free / n, 1e-12);
  // A number can be as large as it likes where no sum holds it: then this far is enough.
  const most = Float64Array.from(values, (value) => value + 4 * free + 4 * scale);
  const x = Float64Array.from(values, (value, i) => Math.max(value, least[i]! + scale / 2));
  const target = sums.map(({ places, signs }) => places.reduce((total, place, k) => total + signs[k]! * values[place]!, 0));
  for (let step = 0; step < steps; step++) {
    const curvature = Float64Array.from(x, (value, i) => inverseSquare(value - least[i]!) + inverseSquare(most[i]! - value));
    const gradient = Float64Array.from(x, (value, i) => -1 / (value - least[i]!) + 1 / (most[i]! - value));
    const solve = solverOf(of, sums.length, curvature);
    const off = sums.map(({ places, signs }, e) => target[e]! - places.reduce((total, place, k) => total + signs[k]! * x[place]!, 0));
    const wanted = sums.map(({ places, signs }, e) => off[e]! + places.reduce((total, place, k) => total + (signs[k]! * gradient[place]!) / curvature[place]!, 0));
    const move = new Float64Array(n);
    for (let i = 0; i < n; i++) move[i] = -gradient[i]! / curvature[i]!;
    const prices = solve(Float64Array.from(wanted));
    sums.forEach(({ places, signs }, e) => places.forEach((place, k) => (move[place]! += (signs[k]! * prices[e]!) / curvature[place]!)));
    let [length, furthest] = [1, 0];
    for (let i = 0; i < n; i++) {
      const room = move[i]! < 0 ? x[i]! - least[i]! : most[i]! - x[i]!;
      if (Math.abs(move[i]!) > 0) length = Math.min(length, (0.9 * room) / Math.abs(move[i]!));
      furthest = Math.max(furthest, Math.abs(move[i]!) * Math.sqrt(curvature[i]!));
    }
    for (let i = 0; i < n; i++) x[i]! += length * move[i]!;
    const residual = off.reduce((largest, value) => Math.max(largest, Math.abs(value) * (1 - length)), 0);
    if (length === 1 && furthest < 0.2 && residual <= 1e-9 * (free + scale)) return extents({ sums, x, least, most }, needed);
  }
  return new Float64Array(n);
}

function extents({ sums, x, least, most }: Pick<HiddenNumbers, 'sums' | 'least'> & { x: Float64Array; most: Float64Array }, needed: (place: number) => number): Float64Array {
  const curvature = Float64Array.from(x, (value, i) => inverseSquare(value - least[i]!) + inverseSquare(most[i]! - value));
  const of = heldBy(sums, x.length);
  const solve = solverOf(of, sums.length, curvature);
  /** A′(A·H⁻¹·A′)⁻¹A·H⁻¹ of a number alone: what each sum answers to it. */
  const pricesOf = (i: number): Float64Array => {
    const w = new Float64Array(sums.length);
    for (const { sum, sign } of of[i]!) w[sum]! += sign / curvature[i]!;
    return solve(w);
  };
  const lineOf = (i: number, prices: Float64Array): number => {
    const move = new Float64Array(x.length);
    sums.forEach(({ places, signs }, e) => {
      if (prices[e] !== 0) places.forEach((place, k) => (move[place]! -= (signs[k]! * prices[e]!) / curvature[place]!));
    });
    move[i]! += 1 / curvature[i]!;
    let [forth, back] = [Infinity, Infinity];
    for (let j = 0; j < x.length; j++) {
      const step = move[j]!;
      if (step === 0) continue;
      forth = Math.min(forth, (step < 0 ? x[j]! - least[j]! : most[j]! - x[j]!) / Math.abs(step));
      back = Math.min(back, (step > 0 ? x[j]! - least[j]! : most[j]! - x[j]!) / Math.abs(step));
    }
    return Number.isFinite(forth + back) ? Math.abs(move[i]!) * (forth + back) : 0;
  };
  return Float64Array.from(x, (_, i) => {
    const prices = pricesOf(i);
    const taken = of[i]!.reduce((total, { sum, sign }) => total + sign * prices[sum]!, 0);
    const variance = (1 - taken) / curvature[i]!;
    // Less than rounding leaves is nothing.
    if (!(variance * curvature[i]! > 1e-9)) return 0;
    const width = 2 * Math.sqrt(variance);
    return width < needed(i) ? Math.max(width, lineOf(i, prices)) : width;
  });
}

interface Held {
  readonly sum: number;
  readonly sign: number;
}

/** By number the sums that it is in. */
function heldBy(sums: HiddenNumbers['sums'], numbers: number): Held[][] {
  const of: Held[][] = Array.from({ length: numbers }, () => []);
  sums.forEach(({ places, signs }, sum) => places.forEach((place, k) => of[place]!.push({ sum, sign: signs[k]! })));
  return of;
}

/** Less of a pivot than this share of what it was is rounding: the sum repeats earlier ones. */
const repeated = 1e-10;

/** Solves A·H⁻¹·A′ z = w by Cholesky's method; z is 0 for sums that repeat earlier ones. */
function solverOf(of: readonly (readonly Held[])[], m: number, curvature: Float64Array): (w: Float64Array) => Float64Array {
  const l = new Float64Array(m * m);
  for (let i = 0; i < of.length; i++) {
    const list = of[i]!;
    const weight = 1 / curvature[i]!;
    for (let a = 0; a < list.length; a++) for (let b = 0; b < list.length; b++) l[list[a]!.sum * m + list[b]!.sum]! += list[a]!.sign * list[b]!.sign * weight;
  }
  const kept = new Uint8Array(m);
  for (let j = 0; j < m; j++) {
    const before = l[j * m + j]!;
    let pivot = before;
    for (let k = 0; k < j; k++) pivot -= l[j * m + k]! * l[j * m + k]!;
    kept[j] = Number(pivot > repeated * before);
    const root = kept[j] ? Math.sqrt(pivot) : 0;
    l[j * m + j] = root;
    for (let i = j + 1; i < m; i++) {
      let value = l[i * m + j]!;
      if (kept[j]) {
        for (let k = 0; k < j; k++) value -= l[i * m + k]! * l[j * m + k]!;
        l[i * m + j] = value / root;
      } else l[i * m + j] = 0;
    }
  }
  return (w) => {
    const z = w.slice();
    for (let j = 0; j < m; j++) {
      if (!kept[j]) {
        z[j] = 0;
        continue;
      }
      for (let k = 0; k < j; k++) z[j]! -= l[j * m + k]! * z[k]!;
      z[j]! /= l[j * m + j]!;
    }
    for (let j = m - 1; j >= 0; j--) {
      if (!kept[j]) continue;
      for (let i = j + 1; i < m; i++) z[j]! -= l[i * m + j]! * z[i]!;
      z[j]! /= l[j * m + j]!;
    }
    return z;
  };
}
