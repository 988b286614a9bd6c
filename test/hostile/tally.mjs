// What came of all inputs, by family: how many, which finds, the slowest and the largest.

export const findKinds = ['contradiction accepted', 'other values', 'sound, refused', 'hang', 'memory', 'exit 70', 'stack', 'other'];

/** @param {string} fault */
const kindOf = (fault) => findKinds.find((kind) => fault.startsWith(kind)) ?? 'other';

export function openTally() {
  /** @type {Record<string, { inputs: number, read: number, refused: number, finds: number, processorSeconds: number }>} */
  const families = {};
  /** @type {Record<string, number>} */
  const codes = {};
  const finds = Object.fromEntries(findKinds.map((kind) => [kind, 0]));
  let slowest = { processorSeconds: 0, what: '' };
  let largest = { peakMebibytes: 0, what: '' };
  return {
    /** @param {string} family @param {any} done @param {string | null} fault */
    add(family, done, fault) {
      const own = (families[family] ??= { inputs: 0, read: 0, refused: 0, finds: 0, processorSeconds: 0 });
      own.inputs++;
      if (done.accepted !== undefined) own.read++;
      if (done.refused !== undefined) {
        own.refused++;
        codes[done.refused] = (codes[done.refused] ?? 0) + 1;
      }
      const { seconds = 0, peak = 0 } = done;
      own.processorSeconds += seconds;
      if (seconds > slowest.processorSeconds) slowest = { processorSeconds: seconds, what: done.what };
      if (peak / 2 ** 20 > largest.peakMebibytes) largest = { peakMebibytes: peak / 2 ** 20, what: done.what };
      if (fault === null) return;
      own.finds++;
      finds[kindOf(fault)]++;
    },
    /** Counts as they are kept; times of a processor, memory of a process that had read others before. */
    result() {
      const whole = (/** @type {'inputs' | 'read' | 'refused' | 'finds'} */ count) => Object.values(families).reduce((sum, own) => sum + own[count], 0);
      return {
        inputs: whole('inputs'),
        read: whole('read'),
        refused: whole('refused'),
        finds,
        byFamily: Object.fromEntries(Object.entries(families).map(([family, own]) => [family, { ...own, processorSeconds: Math.round(own.processorSeconds) }])),
        slowest: { ...slowest, processorSeconds: Number(slowest.processorSeconds.toFixed(2)) },
        largest: { ...largest, peakMebibytes: Math.round(largest.peakMebibytes) },
        codes: Object.fromEntries(Object.entries(codes).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))),
      };
    },
  };
}
