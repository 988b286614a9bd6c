import { sixteenWords, x0, x1, x2, x3 } from './philox';
import { stepsReached } from './poisson';

// Each cluster has a Poisson process of rate 1 in every replicate, known by its identity alone. What has come by a fixed time 'earlier' is
// one Poisson number; what comes between that and the end, in the window, has times, so that the process of all clusters together can be stopped at any arrival there.
//
// A law is u32 words: [0] words below it have nothing in the window, [1] steps of the earlier numbers, [2] steps of the later ones, and
// cumulative probabilities of the earlier number under [0], of the same in units of 2^−32, and of the later number less 1, given that it is not 0.

const HEADER: usize = 12;
/** First counter of what is drawn besides: those of replicate b are 2^31 + 256 b and on. */
const BESIDES: u32 = 0x80000000;
/** Times that come with the two numbers, and with each further call. */
const TIMES_A_CALL: i32 = 8;

const WORDS: usize = memory.data(64, 16);
const TIMES: usize = memory.data(8 * 512, 16);

// @ts-ignore: decorator
@inline
function reached(word: u32, steps: usize, count: i32): i32 {
  let k = 0;
  while (k < count && word >= load<u32>(steps + (<usize>k << 2))) k++;
  return k;
}

/** Arrivals before the window of the cluster that `window` was last asked for. */
let earlier: i32 = 0;

/** Arrivals in the window of a cluster that has some, at least one; their places in it, from 0 to 1, into TIMES. */
function window(key0: u32, key1: u32, replicate: u32, id0: u32, id1: u32, month: u32, law: usize): i32 {
  const steps = load<i32>(law, 4);
  const first = BESIDES | (replicate << 8);
  let count = 1;
  for (let k = 0; k < count; k++) {
    // The two numbers take the place of a time: pair 0 of the first call.
    const pair = (k + 1) & (TIMES_A_CALL - 1);
    if (pair == 0 || k == 0) {
      sixteenWords(key0, key1, first + <u32>((k + 1) / TIMES_A_CALL << 2), id0, id1, month);
      v128.store(WORDS, x0);
      v128.store(WORDS, x1, 16);
      v128.store(WORDS, x2, 32);
      v128.store(WORDS, x3, 48);
    }
    if (k == 0) {
      earlier = reached(load<u32>(WORDS), law + HEADER + (<usize>steps << 2), steps);
      count = 1 + reached(load<u32>(WORDS, 16), law + HEADER + (<usize>steps << 3), load<i32>(law, 8));
    }
    const at = WORDS + (<usize>(pair & 1) << 5) + (<usize>(pair >> 1) << 2);
    const word = (<u64>load<u32>(at, 16) << 32) | <u64>load<u32>(at);
    store<f64>(TIMES + (<usize>k << 3), <f64>(word >>> 11) * 1.1102230246251565e-16);
  }
  return count;
}

let c0: v128 = i32x4.splat(0);
let c1: v128 = i32x4.splat(0);
let c2: v128 = i32x4.splat(0);
let c3: v128 = i32x4.splat(0);

/** Numbers of sixteen replicates into c0 … c3, those of replicates with arrivals in the window aside; returns a bit for each of these. */
// @ts-ignore: decorator
@inline
function sixteenNumbers(key0: u32, key1: u32, replicate: u32, id0: u32, id1: u32, month: u32, law: usize, offset: v128): i32 {
  sixteenWords(key0, key1, replicate >>> 2, id0, id1, month);
  const steps = load<i32>(law, 4);
  const limit = v128.load_splat<u32>(law);
  c0 = stepsReached(x0, law + HEADER, steps, offset);
  c1 = stepsReached(x1, law + HEADER, steps, offset);
  c2 = stepsReached(x2, law + HEADER, steps, offset);
  c3 = stepsReached(x3, law + HEADER, steps, offset);
  return i32x4.bitmask(i32x4.ge_u(x0, limit)) | (i32x4.bitmask(i32x4.ge_u(x1, limit)) << 4) | (i32x4.bitmask(i32x4.ge_u(x2, limit)) << 8) | (i32x4.bitmask(i32x4.ge_u(x3, limit)) << 12);
}

// @ts-ignore: decorator
@inline
function putSixteen(out: usize, lanes: i32): void {
  v128.store(out, c0);
  if (lanes > 4) v128.store(out, c1, 16);
  if (lanes > 8) v128.store(out, c2, 32);
  if (lanes > 12) v128.store(out, c3, 48);
}

/**
 * For each of n clusters and `replicates` replicates from `first` on, what has come by the replicate's own stop (f64 places in the window
 * at `stops`; that at a stop is in) plus `offset`, i32. Clusters are known as to `poissonWeights`.
 */
export function arrivalWeights(key0: u32, key1: u32, ids: usize, third: usize, n: i32, first: i32, replicates: i32, offset: i32, law: usize, stops: usize, out: usize): void {
  const offsets = i32x4.splat(offset);
  let at = out;
  for (let i: usize = 0; i < <usize>n; i++) {
    const id0 = load<u32>(ids + (i << 3));
    const id1 = load<u32>(ids + (i << 3), 4);
    const month: u32 = third ? <u32>load<u8>(third + i) + 1 : 0;
    for (let b = 0; b < replicates; b += 16) {
      const lanes = min(16, replicates - b);
      let some = sixteenNumbers(key0, key1, first + b, id0, id1, month, law, offsets) & ((1 << lanes) - 1);
      putSixteen(at, lanes);
      for (; some != 0; some &= some - 1) {
        const lane = ctz(some);
        const count = window(key0, key1, first + b + lane, id0, id1, month, law);
        const stop = load<f64>(stops + (<usize>(b + lane) << 3));
        let weight = offset + earlier;
        for (let k = 0; k < count; k++) weight += i32(load<f64>(TIMES + (<usize>k << 3)) <= stop);
        store<i32>(at + (<usize>lane << 2), weight);
      }
      at += <usize>lanes << 2;
    }
  }
}

/**
 * Adds to `totals` (i32 a replicate) what has come of clusters `from` … n − 1 before the window, and lists what comes in it: places at
 * `list` and replicates, from `first` on, at `lanes` (u32), as long as there is room for `room` of them. Returns how many; `next` holds the first cluster that had no room.
 */
export function arrivalTimes(key0: u32, key1: u32, ids: usize, third: usize, from: i32, n: i32, first: i32, replicates: i32, law: usize, totals: usize, list: usize, lanes: usize, room: i32, next: usize): i32 {
  const none = i32x4.splat(0);
  // The most that one cluster can have.
  const most = replicates * (1 + load<i32>(law, 8));
  let listed = 0;
  let i = from;
  for (; i < n && listed + most <= room; i++) {
    const id0 = load<u32>(ids + (<usize>i << 3));
    const id1 = load<u32>(ids + (<usize>i << 3), 4);
    const month: u32 = third ? <u32>load<u8>(third + <usize>i) + 1 : 0;
    for (let b = 0; b < replicates; b += 16) {
      const own = min(16, replicates - b);
      let some = sixteenNumbers(key0, key1, first + b, id0, id1, month, law, none) & ((1 << own) - 1);
      putSixteen(WEIGHTS, own);
      for (; some != 0; some &= some - 1) {
        const lane = ctz(some);
        const count = window(key0, key1, first + b + lane, id0, id1, month, law);
        store<i32>(WEIGHTS + (<usize>lane << 2), earlier);
        for (let k = 0; k < count; k++) {
          store<f64>(list + (<usize>listed << 3), load<f64>(TIMES + (<usize>k << 3)));
          store<u32>(lanes + (<usize>listed << 2), b + lane);
          listed++;
        }
      }
      for (let lane: usize = 0; lane < <usize>own; lane += 4) {
        const at = totals + ((<usize>b + lane) << 2);
        v128.store(at, i32x4.add(v128.load(at), v128.load(WEIGHTS + (lane << 2))));
      }
    }
  }
  store<i32>(next, i);
  return listed;
}

const WEIGHTS: usize = memory.data(64, 16);
