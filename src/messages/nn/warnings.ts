import type { Catalogue } from '../catalogue.ts';
import type { warnings as english } from '../en/warnings.ts';
import { counted } from '../words.ts';

const of = (outcome: string, population: string): string => (population === '' ? outcome : `${outcome} (${population})`);

export const warnings: Pick<Catalogue, keyof typeof english> = {
  'warning.ungrouped': ({ ungrouped, rows }) => `${ungrouped} av ${counted(rows, 'rad', 'rader')} er ikkje i nokon av gruppene som separateBy listar opp, og er utelatne.`,
  'warning.moved-to-end-bins': ({ outcome, population, values }) =>
    `${of(outcome, population)}: ${counted(values, 'verdi', 'verdiar')} i rader utanfor estimeringsutvalet ligg utanfor det utvalet spenner over, og er flytta til næraste endeklasse.`,
  'warning.without-expected': ({ outcome, population, rows }) =>
    `${of(outcome, population)}: ${counted(rows, 'rad', 'rader')} utanfor estimeringsutvalet har eit nivå utan estimat og dermed inga forventa verdi: ikkje med i gruppene.`,
  'warning.replicates-unreached': ({ outcome, unreached, replicates }) =>
    `${outcome}: ${unreached} av ${counted(replicates, 'trekking', 'trekkingar')} kom ikkje fram til noko estimat og er utelatne frå standardfeil og intervall.`,
  'warning.replicates-without-rows': ({ outcome, cells, skipped, replicates }) =>
    `${outcome}: ${counted(cells, 'månad', 'månader')} i grupper mangla rader i nokre av ${counted(replicates, 'trekking', 'trekkingar')} (${skipped} i alt), som er utelatne frå standardfeil og intervall der.`,
  'warning.few-clusters': ({ outcome, population, persons, rank }) =>
    persons < 2
      ? `${of(outcome, population)}: éin person har alle radene, og standardfeil etter person kan ikkje reknast ut: Koeffisientane har ingen.`
      : `${of(outcome, population)}: ${persons} personar er færre enn det doble av dei ${rank} koeffisientane; standardfeil etter person blir då for små. Ta færre nivå, eller test ikkje etter dei.`,
  'warning.relative-to-unobserved': ({ outcome, month }) => `${outcome}: inga rad i ${month} har det observert, så det relative avviket er tomt.`,
};
