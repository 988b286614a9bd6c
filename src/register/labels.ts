/** Building a label column: every distinct text gets a code in order of first appearance. */

import type { CodeArray, LabelColumn, MonthColumn } from './partition.ts';
import { monthFromText } from './month.ts';

export interface LabelBuilder {
  readonly codes: CodeArray;
  readonly labels: string[];
  /** Code of a text, a new one where it was not met before. */
  codeOf(text: string): number;
}

/** `most`: there will be no more labels than that. */
export function createLabelBuilder(rows: number, most = Infinity): LabelBuilder {
  const byText = new Map<string, number>();
  const labels: string[] = [];
  return {
    codes: most <= 256 ? new Uint8Array(rows) : most <= 65536 ? new Uint16Array(rows) : new Uint32Array(rows),
    labels,
    codeOf(text) {
      let code = byText.get(text);
      if (code === undefined) {
        byText.set(text, (code = labels.length));
        labels.push(text);
      }
      return code;
    },
  };
}

export const labelColumn = ({ codes, labels }: Pick<LabelBuilder, 'codes' | 'labels'>, decimalComma = false): LabelColumn =>
  ({ kind: 'label', codes, labels, ...(decimalComma ? { decimalComma } : {}) });

/** Months of a label column, each distinct text read once. */
export function monthsOfLabels({ codes, labels }: LabelColumn): MonthColumn {
  const months = Int32Array.from(labels, monthFromText);
  const values = new Int32Array(codes.length);
  for (let i = 0; i < codes.length; i++) values[i] = months[codes[i]!]!;
  return { kind: 'month', values };
}

/** The fewest significant digits that tell a number from all others of single precision. */
function singleText(value: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return String(rounded);
  }
  return String(Number(value.toPrecision(9)));
}

/** Codes of numbers from `at`; NaN has the label ''. Whole numbers in a short range go through a table. `single`: of single precision. */
export function addNumberLabels(builder: LabelBuilder, values: Float64Array, at: number, single = false): void {
  const { codes } = builder;
  let low = Infinity;
  let high = -Infinity;
  let whole = true;
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!;
    if (v !== v) continue;
    if (v < low) low = v;
    if (v > high) high = v;
    if (Math.floor(v) !== v) whole = false;
  }
  const textOf = (v: number): string => (v !== v ? '' : single && Number.isFinite(v) ? singleText(v) : String(v));
  const span = low <= high ? high - low : 0;
  if (whole && span < 65536) {
    const table = new Int32Array(span + 2).fill(-1);
    for (let i = 0; i < values.length; i++) {
      const v = values[i]!;
      const slot = v === v ? v - low + 1 : 0;
      if (table[slot]! < 0) table[slot] = builder.codeOf(textOf(v));
      codes[at + i] = table[slot]!;
    }
    return;
  }
  const seen = new Map<number, number>();
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!;
    let code = seen.get(v);
    if (code === undefined) seen.set(v, (code = builder.codeOf(textOf(v))));
    codes[at + i] = code;
  }
}
