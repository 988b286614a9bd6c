import type { SpreadRequest } from '../uncertainty/model-spread.ts';
import { given } from './comlink-handlers.ts';
import { powerOfTwo } from './fixed-point.ts';
import { clusterRows } from './influence-pass.ts';
import type { Block, RowBlocks } from './row-blocks.ts';

export interface SpreadShifts {
  /** Places of r, of (Σ r)² and of μ(1 − μ). */
  readonly residual: number;
  readonly square: number;
  readonly binomial: number;
}

/** Persons and Σ (Σ r)² by rows of a person, persons by unit and rows, and Σ μ(1 − μ) by unit, over this worker's persons. */
export function modelSpreadPass(rows: RowBlocks, o: number, { request, shifts }: { request: SpreadRequest; shifts: SpreadShifts }) {
  const { kernels: { arena }, sample: { plan, personStart, otherStart, clusters }, control, tick } = rows;
  const { months, groupings, zeroOne } = request;
  const inside = new Uint8Array(plan.months);
  for (const t of months) inside[t] = 1;
  const size = plan.months + 1;
  const units = groupings.map((grouping) => {
    const groups = plan.groupings[grouping]!.groups.length;
    return { groups, persons: new Float64Array(groups * size), binomial: new BigInt64Array(groups), rows: new Uint32Array(groups) };
  });
  const [persons, squares] = [new Float64Array(size), new BigInt64Array(size)];
  const [ofResidual, ofSquare, ofBinomial] = [powerOfTwo(shifts.residual), powerOfTwo(shifts.square - 2 * shifts.residual), powerOfTwo(shifts.binomial)];
  return rows.scratch(async (alloc) => {
    const seen = clusterRows(rows, alloc, o, { request, groupings });
    const wide = alloc(8 * seen.room);
    const [ownStart, restStart] = [arena.u32(personStart, clusters + 1).slice(), otherStart === 0 ? null : arena.u32(otherStart, clusters + 1).slice()];
    for (const stretch of seen.stretches()) {
      seen.fill(stretch);
      const side = (block: Block, of: typeof seen.own) => ({
        start: block.start,
        r: arena.f64(of.at.r, seen.room).slice(0, block.rows),
        y: zeroOne ? arena.f64(rows.outcome(o, block, wide), block.rows).slice() : null,
        cells: groupings.map((grouping) => arena.u32(of.cells.get(grouping)!, seen.room).slice(0, block.rows)),
      });
      const parts = [{ starts: ownStart, ...side(stretch.own, seen.own) }, ...(restStart ? [{ starts: restStart, ...side(stretch.other, seen.other) }] : [])];
      for (let person = stretch.from; person < stretch.to; person++) {
        let [count, sum] = [0, 0];
        const touched: number[][] = units.map(() => []);
        for (const { starts, start, r, y, cells } of parts) {
          for (let at = starts[person]! - start; at < starts[person + 1]! - start; at++) {
            if (Number.isNaN(r[at]!)) continue;
            const month = Math.floor(cells[0]![at]! / units[0]!.groups);
            if (inside[month] === 0) continue;
            count++;
            // Whole numbers of so small a unit that their sum is exact: persons' rows come in any order.
            sum += Math.round(r[at]! * ofResidual);
            const mu = y ? Math.min(1, Math.max(0, y[at]! - r[at]!)) : 0;
            const binomial = y ? BigInt(Math.round(mu * (1 - mu) * ofBinomial)) : 0n;
            units.forEach((unit, k) => {
              const group = cells[k]![at]! % unit.groups;
              if (unit.rows[group]!++ === 0) touched[k]!.push(group);
              if (y) unit.binomial[group]! += binomial;
            });
          }
        }
        if (count === 0) continue;
        persons[count]!++;
        squares[count]! += BigInt(Math.round(sum * sum * ofSquare));
        units.forEach((unit, k) => {
          for (const group of touched[k]!) {
            unit.persons[group * size + unit.rows[group]!]!++;
            unit.rows[group] = 0;
          }
        });
      }
      tick(stretch.own.rows + stretch.other.rows);
      await control.breathe();
    }
    const joined = <T extends Float64Array | BigInt64Array>(out: T, tables: readonly T[]): T => {
      let at = 0;
      for (const table of tables) {
        out.set(table as never, at);
        at += table.length;
      }
      return out;
    };
    return given({
      persons, squares,
      byUnit: joined(new Float64Array(units.reduce((sum, unit) => sum + unit.persons.length, 0)), units.map((unit) => unit.persons)),
      binomial: joined(new BigInt64Array(units.reduce((sum, unit) => sum + unit.groups, 0)), units.map((unit) => unit.binomial)),
    });
  });
}
