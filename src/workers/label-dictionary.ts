import { numberText, type FoundLabel } from '../spec/labels.ts';

/** Labels in the order in which this worker met them. */
export class LabelDictionary {
  private found: FoundLabel[] = [];
  private texts: string[] = [];
  private readonly codes = new Map<string, number>();

  /** By code. Once it is settled that they are numbers, one label may have several codes. */
  get labels(): readonly string[] {
    return this.texts;
  }

  get foundLabels(): readonly FoundLabel[] {
    return this.found;
  }

  code(text: string, decimalComma = false): number {
    // With a comma the same text is a number in one file and none in another.
    const key = decimalComma && text.includes(',') ? `${text}\u0000` : text;
    let code = this.codes.get(key);
    if (code === undefined) {
      code = this.texts.length;
      this.codes.set(key, code);
      this.found.push({ text, number: text === '' ? null : numberText(text, decimalComma) });
      this.texts.push(text);
    }
    return code;
  }

  /** The labels are those numbers. */
  settleNumbers(): void {
    this.texts = this.found.map(({ text, number }) => number ?? text);
  }
}
