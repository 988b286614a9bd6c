/** Least and largest of some numbers, with some air; a range of its own where they are one. */
export function reach(values: readonly number[]): readonly [number, number] {
  const [low, high] = [values.reduce((a, b) => Math.min(a, b), Infinity), values.reduce((a, b) => Math.max(a, b), -Infinity)];
  if (low > high) return [0, 1];
  const air = (high - low || Math.abs(high) || 1) * 0.06;
  return [low - air, high + air];
}

/** Round numbers between two, about `count` of them, and the digits they take. */
export function axisTicks(low: number, high: number, count: number): { readonly values: number[]; readonly digits: number } {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((candidate) => candidate >= rough) ?? 10 * power;
  const first = Math.ceil(low / step);
  const values = Array.from({ length: Math.floor(high / step) - first + 1 }, (_, k) => (first + k) * step);
  return { values, digits: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) };
}

export interface LabelWish {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

export interface PlacedLabel extends LabelWish {
  readonly anchor: 'start' | 'end';
}

/** Width of a letter, and height of a line, in pixels. */
const letter = 7.2;
const line = 16;
const gap = 10;

/** Labels beside their points, on the side with room; one that would lie over another is left out. The first come first. */
export function placeLabels(wishes: readonly LabelWish[], width: number): PlacedLabel[] {
  const placed: (PlacedLabel & { readonly left: number; readonly right: number })[] = [];
  for (const wish of wishes) {
    const long = wish.name.length * letter;
    const sides = [
      { anchor: 'start' as const, x: wish.x + gap, left: wish.x + gap, right: wish.x + gap + long },
      { anchor: 'end' as const, x: wish.x - gap, left: wish.x - gap - long, right: wish.x - gap },
    ];
    const fits = sides.find(({ left, right }) => left >= 0 && right <= width && placed.every((other) => Math.abs(other.y - wish.y) >= line || left > other.right || right < other.left));
    if (fits) placed.push({ ...wish, ...fits });
  }
  return placed.map(({ left: _, right: __, ...label }) => label);
}
