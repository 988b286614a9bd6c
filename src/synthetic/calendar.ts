/** Months count from the first stock, December 2017. */
export const months = 79;
const firstStock = 12 * 2017 + 11;
/** The last stock whose next twelve months are known: hours are known to three months past the last stock. */
export const lastMonthOf12 = months - 1 - 9;
/** Spells that began before this month, January 2015, have pension-earning income and no wage. */
export const firstWageMonth = 12 * 2015 - firstStock;
export const march2020 = 12 * 2020 + 2 - firstStock;

/** 0 for January. */
export const calendarMonth = (month: number): number => (firstStock + month) % 12;

const label = (month: number): string => {
  const index = firstStock + month;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
};
export const monthLabels = Array.from({ length: months }, (_, month) => label(month));
