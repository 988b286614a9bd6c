import { calendarMonth, lastMonthOf12, march2020, months } from './calendar.ts';
import { fixedNoise, nextKey } from './fixed-noise.ts';
import { regionLabels } from './places.ts';

const season = [2, 0.6, -0.2, -0.4, -0.8, 0.3, -0.6, 1, 0.5, 0, 0.1, -0.5];

/** A region's monthly inflow in bins, before it is averaged. */
const inflow = (region: number, month: number, key: number): number => {
  const level = 0.8 + 15 * fixedNoise(region, 1000, key);
  const shock = 0.1 + 1.2 * fixedNoise(region, 1001, key);
  const since = month - march2020;
  const wave = since === 0 ? 40 : since === 1 ? 22 : since === 2 ? 9 : since > 2 && since < 16 ? 3 : since > 20 ? -0.7 : 0;
  return level + season[calendarMonth(month)]! + shock * wave + 1.6 * (fixedNoise(region, month, key) - 0.5);
};

/** Expected employment growth over the year before, in bins. */
const growth = (region: number, month: number, key: number): number => {
  const level = 12.5 + 7 * (fixedNoise(region, 1002, key) - 0.5);
  const shock = 0.5 + fixedNoise(region, 1003, key);
  const since = month - march2020;
  const cycle = since < 0 ? 1 + month / 18 : since < 13 ? -10 * shock : since < 28 ? 4 * shock : 2 - (since - 28) / 6;
  return level + cycle + 3 * (fixedNoise(region + 500, month, key) - 0.5);
};

const bin = (value: number, last: number): number => Math.min(Math.max(Math.round(value), 1), last);

const byRegionAndMonth = (value: (region: number, month: number) => number): Uint8Array =>
  Uint8Array.from({ length: regionLabels.length * months }, (_, i) => value(Math.floor(i / months), i % months));

const meanAhead = (region: number, month: number, { ahead, key }: { ahead: number; key: number }): number => {
  let sum = 0;
  for (let k = 1; k <= ahead; k++) sum += inflow(region, month + k, key);
  return sum / ahead;
};


/**
 * Bin centres as shares. From the first centre to the last is 19 widths, so twenty equal bins between the smallest and
 * the largest value hold one centre each, with the same number.
 */
export const inflowShare = (k: number): number => k / 1024;
export const employmentGrowth = (k: number): number => (k - 12) / 256;

/** A region in a month. */
export interface Anchor {
  readonly region: number;
  readonly month: number;
}

export interface LabourMarket {
  /** Bins by region × 79 + month. Averages over twelve months never reach bins 19 and 20. */
  readonly inflow3: Uint8Array;
  readonly inflow12: Uint8Array;
  readonly employment: Uint8Array;
  /** Where the scales' ends are: the first persons of every population start there. */
  readonly anchors: readonly Anchor[];
}

const first = (bins: Uint8Array, k: number): Anchor => {
  const at = bins.findIndex((value, i) => value === k && i % months <= lastMonthOf12 - 12);
  return { region: Math.floor(at / months), month: at % months };
};

/** The regions' labour market: of the first key, from this one on, with which both scales reach their ends. */
export const labourMarket = (key: number): LabourMarket => {
  const inflow3 = byRegionAndMonth((region, month) => bin(meanAhead(region, month, { ahead: 3, key }), 20));
  const inflow12 = byRegionAndMonth((region, month) => bin(meanAhead(region, month, { ahead: 12, key }), 18));
  const employment = byRegionAndMonth((region, month) => bin(growth(region, month, key), 20));
  const anchors = [first(inflow3, 1), first(inflow3, 20), first(employment, 1), first(employment, 20)];
  return anchors.some(({ region }) => region < 0) ? labourMarket(nextKey(key)) : { inflow3, inflow12, employment, anchors };
};
