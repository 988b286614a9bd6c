import loadHighs from 'highs';

/** Σ coefficient · unknown = total. */
export interface KnownSum {
  readonly terms: readonly (readonly [coefficient: number, unknown: number])[];
  readonly total: number;
}

export interface LinearProgram {
  /** By unknown: the least it can be; −∞ for none. */
  readonly least: readonly number[];
  readonly sums: readonly KnownSum[];
  /** Σ coefficient · unknown ≥ total. */
  readonly atLeast?: readonly KnownSum[];
}

const solver = await loadHighs();

/** Smallest and largest possible value of each wanted unknown, by linear programs. */
export function linearBounds({ least, sums, atLeast = [] }: LinearProgram, wanted: readonly number[]): (readonly [low: number, high: number])[] {
  const line = (terms: KnownSum['terms']): string => terms.map(([coefficient, unknown]) => `${coefficient < 0 ? '-' : '+'} ${Math.abs(coefficient)} x${unknown}`).join(' ');
  const rows = [...sums.map(({ terms, total }, k) => ` e${k}: ${line(terms)} = ${total}`), ...atLeast.map(({ terms, total }, k) => ` i${k}: ${line(terms)} >= ${total}`)];
  const ends = least.map((value, unknown) => (value === -Infinity ? ` x${unknown} free` : ` x${unknown} >= ${value}`));
  const best = (unknown: number, sense: 'Minimize' | 'Maximize'): number => {
    const { Status, ObjectiveValue } = solver.solve(`${sense}\n obj: x${unknown}\nSubject To\n${rows.join('\n')}\nBounds\n${ends.join('\n')}\nEnd`);
    if (Status === 'Unbounded' || Status === 'Primal infeasible or unbounded') return sense === 'Minimize' ? -Infinity : Infinity;
    if (Status !== 'Optimal') throw new Error(`The program of x${unknown} ended as ${Status}.`);
    return ObjectiveValue;
  };
  return wanted.map((unknown) => [best(unknown, 'Minimize'), best(unknown, 'Maximize')] as const);
}
