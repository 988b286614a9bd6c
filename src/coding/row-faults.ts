import { EngineError } from '../errors.ts';

interface Fault {
  readonly column: string;
  readonly what: string;
  readonly advice: string;
  rows: number;
  readonly first: string[];
}

const SHOWN = 5;

/** Collects what is wrong with the rows of one file, so that one error can say how many rows and name the first few. */
export class RowFaults {
  private readonly file: string;
  private readonly faults = new Map<string, Fault>();

  constructor(file: string) {
    this.file = file;
  }

  add(column: string, what: string, advice: string, row: number, value: string): void {
    const key = `${column}\n${what}`;
    let fault = this.faults.get(key);
    if (!fault) this.faults.set(key, (fault = { column, what, advice, rows: 0, first: [] }));
    fault.rows++;
    if (fault.first.length < SHOWN) fault.first.push(value === '' ? `row ${row}` : `row ${row} (${value})`);
  }

  get any(): boolean {
    return this.faults.size > 0;
  }

  throwIfAny(): void {
    if (!this.any) return;
    const lines = [...this.faults.values()].map(
      (f) => `${this.file}: column ${f.column}: ${f.what} in ${f.rows} ${f.rows === 1 ? 'row' : 'rows'}: ${f.first.join(', ')}${f.rows > SHOWN ? ', …' : ''}. ${f.advice}`,
    );
    throw new EngineError('data', lines.join('\n'), {
      file: this.file,
      faults: [...this.faults.values()].map(({ column, what, rows, first }) => ({ column, what, rows, first })),
    });
  }
}
