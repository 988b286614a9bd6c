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
  const free = values.reduce((total, value, i) => total + (value - least[i]!), 0);
  const scale = Math.max(free / n, 1e-12);
  // A number can be as large as it likes where no sum holds it: then this far is enough.
  const most = Float64Array.from(values, (value) => value + 4 * free + 4 * scale);
  const x = Float64Array.from(values, (value, i) => Math.max(value, least[i]! + scale / 2));
  const target = sums.map(({ places, signs }) => places.reduce((total, place, k) => total + signs[k]! * values[place]!, 0));
  for (let step = 0; step < steps; step++) {
    const curvature = Float64Array.from(x, (value, i) => inverseSquare(value - least[i]!) + inverseSquare(most[i]! - value));
    const gradient = Float64Array.from(x, (value, i) => -1 / (value - least[i]!) + 1 / (most[i]! - value));
    const inverse = inverseOf(sums, curvature);
    const off = sums.map(({ places, signs }, e) => target[e]! - places.reduce((total, place, k) => total + signs[k]! * x[place]!, 0));
    const wanted = sums.map(({ places, signs }, e) => off[e]! + places.reduce((total, place, k) => total + (signs[k]! * gradient[place]!) / curvature[place]!, 0));
    const move = new Float64Array(n);
    for (let i = 0; i < n; i++) move[i] = -gradient[i]! / curvature[i]!;
    sums.forEach(({ places, signs }, e) => {
      let price = 0;
      for (let f = 0; f < sums.length; f++) price += inverse[e * sums.length + f]! * wanted[f]!;
      places.forEach((place, k) => (move[place]! += (signs[k]! * price) / curvature[place]!));
    });
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
  const inverse = inverseOf(sums, curvature);
  const of: { sum: number; sign: number }[][] = Array.from(x, () => []);
  sums.forEach(({ places, signs }, sum) => places.forEach((place, k) => of[place]!.push({ sum, sign: signs[k]! })));
  const lineOf = (i: number): number => {
    const move = new Float64Array(x.length);
    sums.forEach(({ places, signs }, e) => {
      const price = of[i]!.reduce((total, { sum, sign }) => total + (sign * inverse[e * sums.length + sum]!) / curvature[i]!, 0);
      if (price !== 0) places.forEach((place, k) => (move[place]! -= (signs[k]! * price) / curvature[place]!));
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
    let taken = 0;
    for (const a of of[i]!) for (const b of of[i]!) taken += a.sign * b.sign * inverse[a.sum * sums.length + b.sum]!;
    const variance = 1 / curvature[i]! - taken * inverseSquare(curvature[i]!);
    // Less than rounding leaves is nothing.
    if (!(variance * curvature[i]! > 1e-9)) return 0;
    const width = 2 * Math.sqrt(variance);
    return width < needed(i) ? Math.max(width, lineOf(i)) : width;
  });
}

/** Inverse of A·H⁻¹·A′, with 0 in the rows and columns of sums that repeat earlier ones. */
function inverseOf(sums: HiddenNumbers['sums'], curvature: Float64Array): Float64Array {
  const m = sums.length;
  const a = new Float64Array(m * m);
  const of = new Map<number, { sum: number; sign: number }[]>();
  sums.forEach(({ places, signs }, sum) => places.forEach((place, k) => of.set(place, [...(of.get(place) ?? []), { sum, sign: signs[k]! }])));
  for (const [place, list] of of) for (const p of list) for (const q of list) a[p.sum * m + q.sum]! += (p.sign * q.sign) / curvature[place]!;
  // Gauss–Jordan on a positive semidefinite matrix; what has no pivot left repeats the others.
  const diagonal = Float64Array.from({ length: m }, (_, e) => a[e * m + e]!);
  const out = new Float64Array(m * m);
  for (let e = 0; e < m; e++) out[e * m + e] = 1;
  const dropped = new Uint8Array(m);
  for (let e = 0; e < m; e++) {
    const pivot = a[e * m + e]!;
    if (!(pivot > 1e-10 * diagonal[e]!)) {
      dropped[e] = 1;
      continue;
    }
    for (let r = 0; r < m; r++) {
      if (r === e || a[r * m + e] === 0) continue;
      const factor = a[r * m + e]! / pivot;
      for (let c = 0; c < m; c++) {
        a[r * m + c]! -= factor * a[e * m + c]!;
        out[r * m + c]! -= factor * out[e * m + c]!;
      }
    }
    for (let c = 0; c < m; c++) {
      a[e * m + c]! /= pivot;
      out[e * m + c]! /= pivot;
    }
  }
  for (let e = 0; e < m; e++) {
    if (!dropped[e]) continue;
    for (let c = 0; c < m; c++) out[e * m + c] = out[c * m + e] = 0;
  }
  return out;
}
