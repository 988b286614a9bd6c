/** Which of a number of things are connected, directly or through others. */
export class ConnectedParts {
  readonly parent: Int32Array;

  /** −1 marks what has not been met. */
  constructor(parent: Int32Array) {
    this.parent = parent;
  }

  static of(things: number): ConnectedParts {
    return new ConnectedParts(new Int32Array(things).fill(-1));
  }

  connect(a: number, b: number): void {
    const [one, other] = [this.find(a), this.find(b)];
    if (one < other) this.parent[other] = one;
    else this.parent[one] = other;
  }

  /** The smallest of its part. */
  find(thing: number): number {
    const { parent } = this;
    if (parent[thing]! < 0) parent[thing] = thing;
    let root = thing;
    while (parent[root] !== root) root = parent[root]!;
    for (let at = thing; at !== root; ) {
      const next = parent[at]!;
      parent[at] = root;
      at = next;
    }
    return root;
  }

  /** All that others have met too. */
  add(others: Int32Array): void {
    others.forEach((parent, thing) => parent >= 0 && this.connect(thing, parent));
  }

  /** By thing its part, −1 where it has not been met. */
  parts(): Int32Array {
    return this.parent.map((parent, thing) => (parent < 0 ? -1 : this.find(thing)));
  }
}
