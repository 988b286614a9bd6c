import { counted } from '../words.ts';

/** Of a part of the rows that is shown with the model of all. */
export const within = {
  'usage.within-bundle': (_: object) =>
    '--within shows a part of the rows, and a bundle keeps the sums of all: leave out --bundle, or read the part alone with --where.',
  'spec.within-outcome': ({ condition, outcome, by }: { condition: string; outcome: string; by: readonly string[] }) =>
    `--within "${condition}" chooses rows by ${by.length > 0 ? `${by.join(', ')}, which is made from the outcome ${outcome}` : `the outcome ${outcome}`}: their mean would say what was chosen. Choose by what is known before the outcome.`,
  'data.within-nobody': ({ condition }: { condition: string }) => `--within "${condition}" holds for no row of the table: there is nothing to show.`,
  'warning.within-shown': ({ shown, rows }: { shown: number; rows: number }) => `--within: ${counted(shown, 'row', 'rows')} of ${rows} shown, with the model of all.`,
  'warning.within-zero-mean': ({ outcomes }: { outcomes: readonly string[] }) =>
    `${outcomes.join(', ')}: the model has levels for the rows that --within shows, and holds their mean over all of them at zero: compare groups within them, and do not read the level.`,
};
