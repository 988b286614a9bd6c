// The tally as a page and as a line of JSON.
import { machineLine } from '../measure.mjs';
import { bandLabel, bands } from './tally.mjs';

const percent = (share, digits = 1) => `${(100 * share).toFixed(digits)} %`;
const count = (value) => value.toLocaleString('en');
const row = (cells) => `| ${cells.join(' | ')} |`;
const table = (header, rows) => [row(header), row(header.map(() => '---')), ...rows.map(row)].join('\n');

/** Whether a cell is a county's, of a band of persons where one is given. */
export const inBand = (tally, band) => (key) => {
  if (key.startsWith(' ')) return false;
  const persons = tally.personsIn(key);
  return persons >= bands[band] && (band === 0 || persons < bands[band - 1]);
};
const whole = (key) => key.startsWith(' ');

const header = ['intervals', 'outcome', 'cells', 'coverage', 'Monte Carlo error', 'lowest cell', 'highest cell', 'outside 92.5 to 97.5 %', 's.e. over error'];
const cellText = ({ key, share }) => `${percent(share)} (${key.trim()})`;
const lineOf = (method, outcome, summary) => [
  method, outcome, String(summary.cells), percent(summary.mean, 2), percent(summary.monteCarloError, 2), cellText(summary.lowest), cellText(summary.highest), String(summary.outside.length), summary.errorRatio.toFixed(3),
];

const section = (tally, { methods, outcomes, wanted }) =>
  table(header, methods.flatMap((method) => outcomes.flatMap((outcome) => {
    const summary = tally.summary(method, outcome, wanted);
    return summary ? [lineOf(method, outcome, summary)] : [];
  })));

export function page(tally, { methods, outcomes, settings, here, failures }) {
  const { populations, rows, structure, limitRows } = settings;
  const tertial = methods.filter(({ period }) => period === 'tertial').map(({ name }) => name);
  const month = methods.filter(({ period }) => period === 'month').map(({ name }) => name);
  const single = Math.sqrt((0.95 * 0.05) / populations);
  const small = bands.slice(1).map((_, k) => `### ${bandLabel(k + 1)} persons\n\n${section(tally, { methods: tertial, outcomes, wanted: inBand(tally, k + 1) })}`);
  return `# Coverage of the 95 % interval

How often the interval of a county's indicator holds its target, over ${count(tally.populations)} synthetic populations of ${count(rows)} person-months
(${count(settings.persons)} persons on average) with the same structure (seed ${structure}) and other persons in each. The target is the mean over the cell's
rows of E[y] − μ(xβ°): E[y] by the generator's own law, β° what the coefficients of model \`main\` come to with ever more persons,
as estimated once on ${count(limitRows)} rows; breaks are held. A tertial's target is the unweighted mean of its months, an adjusted
value's the same linear combination of the months as the value itself. Cells are counties by period; their number of persons is
the mean over the populations. Written by \`npm run bench:coverage\`.

${machineLine(here)}; ${count(settings.seconds)} s.

- *clustered*: \`--ci analytic --cluster person\`; *adjusted*: the seasonally adjusted value's own interval, of the same run.
- *naive*: \`--ci residual\` and \`--ci outcome\`, the errors of months put together as if a person's months were independent.
- *s.e. over error*: root of mean squared standard error over root mean squared error; 1 where standard errors are right.
- One cell's own coverage is known to ± ${percent(single, 2)} (one Monte Carlo error), and among ${count(tally.summary('clustered', 'atid3', inBand(tally, 0))?.cells ?? 0)} cells some are three of these off by chance.
- β° is itself known to a limited number of rows: its error adds at most ${percent(rows / limitRows, 2)} to the variance of what is compared, were all of it
  the coefficients' error.
- ${failures.length === 0 ? 'Every population could be estimated.' : `${failures.length} populations could not be estimated and are left out: ${failures.slice(0, 5).map(({ seed, message }) => `seed ${seed}, ${message}`).join('; ')}`}

## Tertials, cells of at least 150 persons

${section(tally, { methods: tertial, outcomes, wanted: inBand(tally, 0) })}

## Tertials, smaller cells

${small.join('\n\n')}

## Tertials, the whole country

${section(tally, { methods: tertial, outcomes, wanted: whole })}

## Months, cells of at least 150 persons

${section(tally, { methods: month, outcomes, wanted: inBand(tally, 0) })}

## Months, smaller cells

${section(tally, { methods: month, outcomes, wanted: (key) => !whole(key) && !inBand(tally, 0)(key) })}
`;
}

/** One line an outcome and method: cells of at least 150 persons, and all smaller ones together. */
export function lines(tally, { methods, outcomes }) {
  const short = (summary) => summary && {
    cells: summary.cells, mean: round(summary.mean), monteCarloError: round(summary.monteCarloError), lowest: round(summary.lowest.share), highest: round(summary.highest.share),
    outside: summary.outside.map(({ key, share }) => `${key} ${share}`), errorRatio: round(summary.errorRatio), bias: round(summary.bias), without: summary.without,
  };
  const small = (key) => !whole(key) && !inBand(tally, 0)(key);
  return methods.flatMap(({ name }) => outcomes.map((outcome) => ({
    method: name, outcome, large: short(tally.summary(name, outcome, inBand(tally, 0))), small: short(tally.summary(name, outcome, small)), whole: short(tally.summary(name, outcome, whole)),
  })));
}

const round = (value) => Number(value.toFixed(5));
