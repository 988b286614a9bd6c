import { monthLabels } from './calendar.ts';
import { mainGroupLabels } from './groups.ts';
import { contractLabels, measureLabels } from './measures.ts';
import { countyLabels, officeLabels, regionLabels } from './places.ts';
import { supportGroupLabels } from './support.ts';

/** The labels that the codes of each text column point into. */
export const labels = {
  month: monthLabels,
  county: countyLabels,
  office: officeLabels,
  ba_region: regionLabels,
  main_group: mainGroupLabels,
  support_group: supportGroupLabels,
  measure: measureLabels,
  contract: contractLabels,
} as const satisfies Readonly<Record<string, readonly string[]>>;
