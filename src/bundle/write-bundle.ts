import type { IndicatorTable } from '../indicator/table.ts';
import type { GroupSums, KeptSums, ProbitSums } from '../whatif/kept-sums.ts';
import { writeParts, type PartValues } from './arrow-parts.ts';
import { bundleVersion, type Bundle } from './bundle.ts';
import { exactJson } from './exact-json.ts';
import { tableNumbers, tableStates } from './withhold.ts';

/** A bundle as one Arrow IPC file. Counts take the fewest bytes that hold the largest of them. */
export function writeBundle(bundle: Bundle): Uint8Array {
  const parts = new Map<string, PartValues>();
  const { tables, kept, fits, ...rest } = bundle;
  parts.set('about', exactJson({ ...rest, tables: tables.length, kept: kept.length }));
  parts.set('fits', exactJson(fits));
  tables.forEach((table, t) => putTable(parts, `table/${t}`, table));
  kept.forEach((sums, k) => putSums(parts, `kept/${k}`, sums));
  return writeParts(parts, bundleVersion);
}

type Put = Map<string, PartValues>;

function putTable(parts: Put, at: string, table: IndicatorTable): void {
  const texts = [table.outcome, table.periods, ...tableStates.map((name) => table[name]), ...table.groups].map(withCodes);
  parts.set(at, exactJson({ by: table.by, period: table.period, rows: table.outcome.length, labels: texts.map(({ labels }) => labels) }));
  texts.forEach(({ codes }, c) => parts.set(`${at}/text/${c}`, codes));
  for (const name of tableNumbers) parts.set(`${at}/${name}`, table[name]);
}

function withCodes(texts: readonly string[]): { labels: string[]; codes: PartValues } {
  const index = new Map<string, number>();
  const codes = Uint32Array.from(texts, (text) => {
    if (!index.has(text)) index.set(text, index.size);
    return index.get(text)!;
  });
  return { labels: [...index.keys()], codes: narrow(codes) };
}

function putSums(parts: Put, at: string, sums: KeptSums): void {
  const { population, frame, references, breaks, outcomes, months, together, leftOut, groupings, probits } = sums;
  const { factors, numerics, terms, interactions } = frame;
  parts.set(at, exactJson({
    population, references, breaks, outcomes, together, leftOut,
    frame: { factors, numerics, terms, interactions },
    months: months.map(({ month, inSample }) => ({ month, inSample })),
    groupings: groupings.map(({ by, groups, firstMonth, months: span }) => ({ by, groups, firstMonth, months: span })),
    probits: probits.map((probit) => probit && probit.months.map(({ month }) => month)),
  }));
  parts.set(`${at}/gram`, narrow(joined(Uint32Array, months.map(({ gram }) => gram))));
  outcomes.forEach((_, o) => parts.set(`${at}/outcome/${o}`, joined(BigInt64Array, months.map(({ outcomeSums }) => outcomeSums[o]!))));
  parts.set(`${at}/squares`, joined(BigInt64Array, months.map(({ squares }) => squares)));
  groupings.forEach((grouping, g) => putGroups(parts, `${at}/group/${g}`, grouping));
  probits.forEach((probit, o) => probit && putProbit(parts, `${at}/probit/${o}`, probit));
}

function putProbit(parts: Put, at: string, { months, groupings }: ProbitSums): void {
  parts.set(`${at}/information`, joined(Float32Array, months.map(({ information }) => information)));
  parts.set(`${at}/score`, joined(Float64Array, months.map(({ score }) => score)));
  groupings.forEach(({ expected, density }, g) => {
    parts.set(`${at}/group/${g}/expected`, expected);
    parts.set(`${at}/group/${g}/density`, density);
  });
}

function putGroups(parts: Put, at: string, { n, x, outcome, outcomeSquared }: GroupSums): void {
  parts.set(`${at}/n`, narrow(n));
  parts.set(`${at}/x`, narrow(x));
  outcome.forEach((values, o) => parts.set(`${at}/y/${o}`, values));
  outcomeSquared.forEach((values, o) => parts.set(`${at}/y2/${o}`, values));
}

function joined<T extends Uint32Array | BigInt64Array | Float32Array | Float64Array>(array: new (length: number) => T, pieces: readonly T[]): T {
  const out = new array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    out.set(piece as never, at);
    at += piece.length;
  }
  return out;
}

function narrow(values: Uint32Array): Uint8Array | Uint16Array | Uint32Array {
  let largest = 0;
  for (let k = 0; k < values.length; k++) if (values[k]! > largest) largest = values[k]!;
  if (largest < 256) return Uint8Array.from(values);
  return largest < 65536 ? Uint16Array.from(values) : values;
}
