/** Labels in the order in which this worker met them. */
export class LabelDictionary {
  readonly labels: string[] = [];
  private readonly codes = new Map<string, number>();

  code(label: string): number {
    let code = this.codes.get(label);
    if (code === undefined) {
      code = this.labels.length;
      this.codes.set(label, code);
      this.labels.push(label);
    }
    return code;
  }
}
