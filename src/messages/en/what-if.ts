import { counted } from '../words.ts';

/** The first eight names, and how many more there are. */
const shown = (names: readonly string[]): string => `${names.slice(0, 8).join(', ')}${names.length > 8 ? `, and ${names.length - 8} more` : ''}`;

/** Of answers to what-if questions. */
export const whatIf = {
  'warning.what-if-preview': (_: object) => 'a preview, of first order about the fit; exact values need the rows.',
  'warning.what-if-empty-levels': ({ levels }: { levels: readonly string[] }) => `Nobody in the estimation sample has ${shown(levels)}: no estimate.`,
  'warning.what-if-collinear-levels': ({ levels }: { levels: readonly string[] }) => `Told by earlier columns already, and dropped: ${shown(levels)}.`,
  'warning.what-if-separated-levels': ({ levels }: { levels: readonly string[] }) =>
    `Everybody has the same outcome at ${shown(levels)}: set aside with it as the expected value.`,
  'warning.what-if-cells-outside': ({ cells }: { cells: number }) =>
    `${counted(cells, 'cell holds', 'cells hold')} rows outside the estimation sample at a level without an estimate, and ${cells === 1 ? 'has' : 'have'} no expected value.`,
  'warning.what-if-rows-outside': ({ rows }: { rows: number }) =>
    `${counted(rows, 'row', 'rows')} outside the estimation sample ${rows === 1 ? 'has' : 'have'} a level without an estimate, and so no expected value: left out of the groups.`,
  'warning.what-if-breaks-differ': ({ covariates }: { covariates: readonly string[] }) =>
    `breaks are those of the fit; computed over these months they would differ for ${covariates.join(', ')}.`,
  'warning.what-if-breaks-may-differ': ({ covariates }: { covariates: readonly string[] }) =>
    `breaks are those of the fit; computed over these months they may differ for ${covariates.join(', ')}.`,
  'warning.what-if-untold': ({ by }: { by: readonly string[] }) => `${by.join(' × ')}: which of its groups the change falls in is not kept, so that it cannot be told.`,
  'warning.what-if-empty-cells': ({ cells }: { cells: number }) => `${counted(cells, 'cell has', 'cells have')} no expected value.`,
  'warning.what-if-withheld': ({ cells }: { cells: number }) =>
    `${counted(cells, 'cell is', 'cells are')} withheld: the change falls on people in cells that are withheld, and what it does to them is told of no sum with them in it. Ask with --data.`,
  'warning.what-if-nothing-kept': (_: object) => 'no sums are kept.',
  'warning.what-if-fit-not-kept': (_: object) => 'what a probit is like near its fit is not kept; this needs the rows, and is left out.',
  'warning.what-if-one-outcome': ({ value }: { value: 0 | 1 }) => `everybody has the outcome ${value}; this needs the rows, and is left out.`,
  'warning.what-if-levels-not-told-apart': (_: object) => 'the information at the fit does not tell all of its levels apart; this needs the rows, and is left out.',
  'warning.what-if-other-load': ({ months }: { months: number }) =>
    `${months} ${months === 1 ? 'month' : 'months'} came with another load than the fit's; this needs the rows, and is left out.`,
  'warning.what-if-added-levels': ({ levels }: { levels: readonly string[] }) =>
    `the added months have people with ${shown(levels)}, which has no estimate in the fit; this needs the rows, and is left out.`,
  'warning.what-if-other-aside': ({ levels }: { levels: readonly string[] }) =>
    `other rows are set aside than in the fit, where everybody has the same outcome: ${shown(levels)}; this needs the rows, and is left out.`,
  'warning.what-if-months-lacking': ({ months }: { months: readonly string[] }) =>
    `there are no rows in ${shown(months)}, so that ${months.length === 1 ? 'it changes' : 'they change'} nothing here.`,
  'warning.what-if-not-here': ({ names }: { names: readonly string[] }) =>
    `unchanged by what the question says of ${shown(names)}: that is of other populations.`,
  'warning.what-if-partial': (_: object) => 'not answered for all of its populations, so that there is no table: it would leave persons out.',
  'warning.what-if-preview-error': ({ whole, limit, untrusted, numbers }: { whole: number; limit: number; untrusted: number; numbers: number }) =>
    `the error of the preview is at most about ${counted(whole, 'point', 'points')} for the whole; ${untrusted} of ${counted(numbers, 'number', 'numbers')} may be off by more than ${counted(limit, 'point', 'points')} and ${untrusted === 1 ? 'is' : 'are'} not to be trusted.`,
};
