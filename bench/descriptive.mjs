// The synthetic population beside the report's descriptive tables: node bench/descriptive.mjs [--rows N] [--seed N] [--workers N],
// after the engine is built. Writes docs/descriptive.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, machine, machineLine, numberFlags, record, temporaryFolder } from './measure.mjs';

const { rows, seed, workers } = numberFlags({ rows: 2_000_000, seed: 1, workers: 2 });
const folder = temporaryFolder();
const here = machine();
console.log(machineLine(here));
await command(['generate', '--out', join(folder, 'population'), '--rows', String(rows), '--seed', String(seed), '--workers', String(workers)]);
const { summary, milliseconds, peakMiB } = await command(['describe', join(folder, 'population', 'data'), '--out', join(folder, 'tables'), '--workers', String(workers)]);

const printed = (name) => csv(new URL(`../test/fixtures/reference/${name}.csv`, import.meta.url));
const written = (name) => csv(join(folder, 'tables', `${name}.csv`));
const groups = [['all', null], ['reduced_work_capacity', 'Nedsatt arbeidsevne'], ['fully_unemployed', 'Helt ledige'], ['partly_unemployed', 'Delvis ledige'], ['jobseekers_on_measures', 'Arbeidssøkere på tiltak'], ['others', 'Andre i populasjonen']];
const titles = ['all', 'reduced work capacity', 'fully unemployed', 'partly unemployed', 'on measures', 'others'];

/** A reader of cells of the population's table `kind`, whole or by main group. */
function cellsOf(kind) {
  const whole = written(kind);
  const byGroup = written(`${kind}_main_group`);
  return (label, field, variable) => {
    const row = (label === null ? whole : byGroup).find((cell) => cell.population === 'all' && (label === null || cell.main_group === label) && (variable === undefined || cell.variable === variable));
    return Number(row[field]);
  };
}
const [observation, outcome, covariate] = ['observations', 'outcomes', 'covariates'].map(cellsOf);

const share = (value) => `${(100 * value).toFixed(0)} %`;
const decimals = (digits) => (value) => value.toFixed(digits);
const whole = (value) => Math.round(value).toLocaleString('en');
/** Basic amounts to kroner, at the amount of May 2024. */
const basicAmount = 124_028;

const table1 = [
  ['in work', 'in_work_share', share, (g) => outcome(g, 'mean', 'in_work')],
  ['in work in 3 months (`jobb3`)', 'in_work_3_months_later_share', share, (g) => outcome(g, 'mean', 'jobb3')],
  ['in work in 12 months (`jobb12`)', 'in_work_12_months_later_share', share, (g) => outcome(g, 'mean', 'jobb12')],
  ['hours a week', 'hours_mean', decimals(2), (g) => outcome(g, 'mean', 'hours_at_measurement')],
  ['the next 3 months (`atid3`)', 'hours_next_3_months_mean', decimals(2), (g) => outcome(g, 'mean', 'atid3')],
  ['the next 12 months (`atid12`)', 'hours_next_12_months_mean', decimals(2), (g) => outcome(g, 'mean', 'atid12')],
  ['rows', 'observations', whole, (g) => observation(g, 'rows')],
  ['share of rows', 'population_share', (value) => `${(100 * value).toFixed(2)} %`, (g) => observation(g, 'share')],
  ['persons a month', 'persons_per_month_mean', decimals(1), (g) => observation(g, 'persons_per_month')],
];
const table2 = [
  ['age, years', 'age_mean', decimals(1), (g) => covariate(g, 'mean', 'age')],
  ['children under 18', 'children_under_18_mean', decimals(1), (g) => covariate(g, 'mean', 'children')],
  ['women', 'female_share', share, (g) => covariate(g, 'mean', 'female')],
  ['married', 'married_share', share, (g) => covariate(g, 'mean', 'married')],
  ...[0, 1, 2, 3].map((k) => [`country group ${k}`, `born_country_group_${k}_share`, share, (g) => covariate(g, 'mean', `country_group_${k}`)]),
  ['residence, years', 'residence_time_mean', decimals(0), (g) => covariate(g, 'mean', 'residence_years')],
  ['wage income, kroner', 'wage_income_mean', whole, (g) => basicAmount * covariate(g, 'mean', 'wage_income_before')],
  ['pension-earning income, kroner', 'pension_income_mean', whole, (g) => basicAmount * covariate(g, 'mean', 'pension_income_before')],
  ['hours a week', 'hours_mean', decimals(2), (g) => covariate(g, 'mean', 'hours_at_measurement')],
  ['disability pension', 'disability_degree_above_0_share', share, (g) => covariate(g, 'mean', 'disability_pension')],
  ['sickness benefit or work assessment allowance', ['sickness_benefit_share', 'work_assessment_allowance_share'], share, (g) => covariate(g, 'mean', 'health_benefit')],
  ['unemployment benefit', 'ordinary_unemployment_benefit_share', share, (g) => covariate(g, 'mean', 'work_benefit')],
  ['registered unemployed', 'registered_unemployed_share', share, () => null],
  ['history, months', 'history_mean', decimals(2), (g) => covariate(g, 'mean', 'history_months')],
  ['duration, months', 'duration_mean', decimals(2), (g) => covariate(g, 'mean', 'duration_months')],
];

/** Printed and found, a row per measure and a column per main group. */
function byMainGroup(lines, file) {
  const report = printed(file);
  const value = (group, measure) => [measure].flat().reduce((sum, name) => sum + Number(report.find((row) => row.group === group && row.measure === name).value), 0);
  const body = lines.map(([name, measure, format, found]) => {
    const cells = groups.map(([group, label]) => `${format(value(group, measure))} / ${found(label) === null ? '–' : format(found(label))}`);
    return `| ${name} | ${cells.join(' | ')} |`;
  });
  return [`| printed / found | ${titles.join(' | ')} |`, `|---|${'---|'.repeat(titles.length)}`, ...body].join('\n');
}

const outcomes = ['atid3', 'jobb3', 'atid12', 'jobb12'];
/** The four mean outcomes of one population of Table 3, a row per group; and the largest differences. */
function table3(cells, lines, column) {
  const found = lines.map(({ label, row }) => {
    const mean = (name) => Number(cells.find((cell) => cell[column] === label && cell.variable === name).mean);
    return { label, values: outcomes.map((name) => ({ printed: Number(row[name]), found: mean(name) })) };
  });
  const body = found.map(({ label, values }) => `| ${label} | ${values.map((value) => `${value.printed.toFixed(2)} / ${value.found.toFixed(2)}`).join(' | ')} |`);
  const largest = outcomes.map((_, o) => Math.max(...found.map(({ values }) => Math.abs(values[o].found - values[o].printed))).toFixed(2));
  return [`| printed / found | ${outcomes.join(' | ')} |`, '|---|---|---|---|---|', ...body, `| largest difference | ${largest.join(' | ')} |`].join('\n');
}
const counties = printed('outcomes_by_county');
const countyCells = written('outcomes_county');
const ofPopulation = (population) => table3(
  countyCells.filter((cell) => cell.population === population),
  counties.filter((row) => row.population === population).map((row) => ({ label: row.label_nb, row })), 'county',
);
const supportTable = table3(
  written('outcomes_support_group').filter(({ population }) => population === 'all'),
  printed('outcomes_by_support_group').map((row) => ({ label: row.label_nb, row })), 'support_group',
);

/** Figure 29: persons by support group in December of each year. */
function figure29() {
  const cells = written('persons_support_group').filter(({ population }) => population === 'all');
  const months = [...new Set(cells.map(({ month }) => month))].filter((month) => month.endsWith('-12')).sort();
  const labels = [...new Set(cells.map((cell) => cell.support_group))];
  const persons = (label, month) => cells.find((cell) => cell.support_group === label && cell.month === month)?.persons ?? '0';
  return [`| persons | ${months.join(' | ')} |`, `|---|${'---|'.repeat(months.length)}`, ...labels.map((label) => `| ${label} | ${months.map((month) => whole(Number(persons(label, month)))).join(' | ')} |`)].join('\n');
}

/** A printed column of all as it would be if it were the mean of the groups by their own rows. */
function weighted(measure, file, format) {
  const counts = printed('outcomes_by_user_group').filter((row) => row.measure === 'observations' && row.group !== 'all');
  const mean = counts.reduce((sum, { group, value }) => sum + Number(value) * Number(printed(file).find((row) => row.group === group && row.measure === measure).value), 0);
  return format(mean / counts.reduce((sum, { value }) => sum + Number(value), 0));
}

const fields = {
  weighted: ['hours_next_3_months_mean', 'hours_next_12_months_mean'].map((measure) => weighted(measure, 'outcomes_by_user_group', decimals(2))).join(' and '),
  weightedIncome: ['wage_income_mean', 'pension_income_mean'].map((measure) => weighted(measure, 'covariates_by_user_group', whole)).join(' and '),
  perMonth: whole(Number(printed('outcomes_by_user_group').find((row) => row.group === 'all' && row.measure === 'persons_per_month_mean').value)),
  rows: rows.toLocaleString('en'), persons: summary.persons.toLocaleString('en'), seed, table1: byMainGroup(table1, 'outcomes_by_user_group'), table2: byMainGroup(table2, 'covariates_by_user_group'),
  all: ofPopulation('all'), young: ofPopulation('young'), country: ofPopulation('country_group_3'), support: supportTable, figure29: figure29(),
  flags: `--rows ${rows} --seed ${seed}`, basicAmount: basicAmount.toLocaleString('en'), perPerson: (rows / summary.persons).toFixed(1),
};
const template = readFileSync(new URL('descriptive.template.md', import.meta.url), 'utf8');
writeFileSync(new URL('../docs/descriptive.md', import.meta.url), template.replace(/\{(\w+)\}/g, (_, name) => fields[name] ?? fail(name)));
record('descriptive', { bench: 'descriptive', ...here, rows, seed, workers, milliseconds: Math.round(milliseconds), rowsPerSecond: Math.round((1000 * rows) / milliseconds), peakMiB, persons: summary.persons, digest: summary.digest });
console.log(`describe: ${rows} rows in ${(milliseconds / 1000).toFixed(2)} s, peak ${peakMiB} MiB resident, digest ${summary.digest}; docs/descriptive.md written`);

function fail(name) {
  throw new Error(`descriptive.template.md asks for {${name}}, which there is not.`);
}

/** Rows of a CSV file by column; quoted fields may hold commas. */
function csv(path) {
  const [header, ...lines] = readFileSync(path, 'utf8').trim().split('\n').map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain));
  return lines.map((cells) => Object.fromEntries(header.map((name, k) => [name, cells[k]])));
}
