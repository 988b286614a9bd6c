import { calendarMonth, lastMonthOf12, march2020, months } from './calendar.ts';
import { regionLabels } from './places.ts';

/** Murmur3's finaliser: a fixed number in [0, 1) for a pair, the same in every population. */
const fixedNoise = (a: number, b: number): number => {
  let h = Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
};

const season = [2, 0.6, -0.2, -0.4, -0.8, 0.3, -0.6, 1, 0.5, 0, 0.1, -0.5];

/** A region's monthly inflow in bins, before it is averaged. */
const inflow = (region: number, month: number): number => {
  const level = 0.8 + 15 * fixedNoise(region, 1000);
  const shock = 0.1 + 1.2 * fixedNoise(region, 1001);
  const since = month - march2020;
  const wave = since === 0 ? 40 : since === 1 ? 22 : since === 2 ? 9 : since > 2 && since < 16 ? 3 : since > 20 ? -0.7 : 0;
  return level + season[calendarMonth(month)]! + shock * wave + 1.6 * (fixedNoise(region, month) - 0.5);
};

/** Expected employment growth over the year before, in bins. */
const growth = (region: number, month: number): number => {
  const level = 12.5 + 7 * (fixedNoise(region, 1002) - 0.5);
  const shock = 0.5 + fixedNoise(region, 1003);
  const since = month - march2020;
  const cycle = since < 0 ? 1 + month / 18 : since < 13 ? -10 * shock : since < 28 ? 4 * shock : 2 - (since - 28) / 6;
  return level + cycle + 3 * (fixedNoise(region + 500, month) - 0.5);
};

const bin = (value: number, last: number): number => Math.min(Math.max(Math.round(value), 1), last);

const byRegionAndMonth = (value: (region: number, month: number) => number): Uint8Array =>
  Uint8Array.from({ length: regionLabels.length * months }, (_, i) => value(Math.floor(i / months), i % months));

const meanAhead = (region: number, month: number, ahead: number): number => {
  let sum = 0;
  for (let k = 1; k <= ahead; k++) sum += inflow(region, month + k);
  return sum / ahead;
};

/** Bins by region × 79 + month. Averages over twelve months never reach bins 19 and 20. */
export const inflowBins3 = byRegionAndMonth((region, month) => bin(meanAhead(region, month, 3), 20));
export const inflowBins12 = byRegionAndMonth((region, month) => bin(meanAhead(region, month, 12), 18));
export const employmentBins = byRegionAndMonth((region, month) => bin(growth(region, month), 20));

/**
 * Bin centres as shares. From the first centre to the last is 19 widths, so twenty equal bins between the smallest and
 * the largest value hold one centre each, with the same number.
 */
export const inflowShare = (k: number): number => k / 1024;
export const employmentGrowth = (k: number): number => (k - 12) / 256;

const first = (bins: Uint8Array, k: number): { region: number; month: number } => {
  const at = bins.findIndex((value, i) => value === k && i % months <= lastMonthOf12 - 12);
  return { region: Math.floor(at / months), month: at % months };
};

/** Where the scales' ends are: the first persons of every population start there. */
export const anchors = [first(inflowBins3, 1), first(inflowBins3, 20), first(employmentBins, 1), first(employmentBins, 20)];
