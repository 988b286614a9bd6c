/** Numbers persons 0, 1, 2 … in the order in which this worker meets them: an open-addressing hash table on four words. */
export class PersonIndex {
  private slots = new Int32Array(1 << 12).fill(-1);
  private words = new Uint32Array(4 << 11);
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** Person number of each row of `persons`, four words a row. */
  number(persons: Uint32Array, rows: number): Uint32Array {
    const numbers = new Uint32Array(rows);
    for (let i = 0; i < rows; i++) {
      if (i > 0 && isSame(persons, 4 * i)) {
        numbers[i] = numbers[i - 1]!;
        continue;
      }
      if (2 * this.count >= this.slots.length) this.grow();
      numbers[i] = this.find(persons[4 * i]!, persons[4 * i + 1]!, persons[4 * i + 2]!, persons[4 * i + 3]!);
    }
    return numbers;
  }

  /** out = the four words of each person. */
  writeWords(persons: Uint32Array, out: Uint32Array): void {
    const { words } = this;
    for (let i = 0; i < persons.length; i++) {
      const [to, at] = [4 * i, 4 * persons[i]!];
      out[to] = words[at]!;
      out[to + 1] = words[at + 1]!;
      out[to + 2] = words[at + 2]!;
      out[to + 3] = words[at + 3]!;
    }
  }

  /** One person in sixteen, by identity alone: the same persons in whichever worker they are. */
  inPilot(person: number): boolean {
    const at = 4 * person;
    return (hash(this.words[at + 1]! ^ 0x5bd1e995, this.words[at]!, this.words[at + 3]!, this.words[at + 2]!) >>> 8) % 16 === 0;
  }

  /** Two words that tell persons apart by identity alone, for random draws. Whole numbers below 2³² never share them. */
  key(person: number): [number, number] {
    const [w0, w1, w2, w3] = this.words.subarray(4 * person, 4 * person + 4);
    return [mixed(w0! ^ mixed(w1! ^ mixed(w2! ^ mixed(w3! + 1)))), mixed(w3! ^ mixed(w2! ^ mixed(w1! ^ mixed(w0! + 2))))];
  }

  private find(w0: number, w1: number, w2: number, w3: number): number {
    const mask = this.slots.length - 1;
    let slot = hash(w0, w1, w2, w3) & mask;
    for (;;) {
      const person = this.slots[slot]!;
      if (person < 0) break;
      const at = 4 * person;
      const words = this.words;
      if (words[at] === w0 && words[at + 1] === w1 && words[at + 2] === w2 && words[at + 3] === w3) return person;
      slot = (slot + 1) & mask;
    }
    const person = this.count++;
    if (4 * this.count > this.words.length) {
      const larger = new Uint32Array(2 * this.words.length);
      larger.set(this.words);
      this.words = larger;
    }
    const [words, at] = [this.words, 4 * person];
    words[at] = w0;
    words[at + 1] = w1;
    words[at + 2] = w2;
    words[at + 3] = w3;
    this.slots[slot] = person;
    return person;
  }

  private grow(): void {
    this.slots = new Int32Array(2 * this.slots.length).fill(-1);
    const mask = this.slots.length - 1;
    for (let person = 0; person < this.count; person++) {
      const at = 4 * person;
      let slot = hash(this.words[at]!, this.words[at + 1]!, this.words[at + 2]!, this.words[at + 3]!) & mask;
      while (this.slots[slot]! >= 0) slot = (slot + 1) & mask;
      this.slots[slot] = person;
    }
  }
}

/** Whether a row's person is that of the row before: in many files a person's rows follow one another. */
function isSame(persons: Uint32Array, at: number): boolean {
  return persons[at] === persons[at - 4] && persons[at + 1] === persons[at - 3] && persons[at + 2] === persons[at - 2] && persons[at + 3] === persons[at - 1];
}

function hash(w0: number, w1: number, w2: number, w3: number): number {
  let h = Math.imul(w0, 0xcc9e2d51) ^ Math.imul(w1 ^ w2, 0x1b873593) ^ w3;
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return h ^ (h >>> 13);
}

/** One to one on 32 bits. */
function mixed(word: number): number {
  let h = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
