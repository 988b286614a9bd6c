import { gatherLocals, setPlaces } from './person';

/** Slopes of the functionals alone, over the same clusters. */
export function influenceSlopes(plan: usize, personStart: usize, otherStart: usize, from: i32, to: i32, dShift: i32, slopes: usize): void {
  setPlaces(0, 0, dShift, 0);
  const first = <usize>load<u32>(personStart + (<usize>from << 2));
  const otherFirst = otherStart ? <usize>load<u32>(otherStart + (<usize>from << 2)) : 0;
  for (let person = from; person < to; person++) {
    const at = <usize>person << 2;
    gatherLocals(
      plan, <usize>load<u32>(personStart + at), <usize>load<u32>(personStart + at, 4), first, otherStart ? <usize>load<u32>(otherStart + at) : 0,
      otherStart ? <usize>load<u32>(otherStart + at, 4) : 0, otherFirst, slopes,
    );
  }
}
