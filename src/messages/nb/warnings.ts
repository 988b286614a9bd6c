import type { Catalogue } from '../catalogue.ts';
import type { warnings as english } from '../en/warnings.ts';
import { counted } from '../words.ts';

const of = (outcome: string, population: string): string => (population === '' ? outcome : `${outcome} (${population})`);

export const warnings: Pick<Catalogue, keyof typeof english> = {
  'warning.ungrouped': ({ ungrouped, rows }) => `${ungrouped} av ${counted(rows, 'rad', 'rader')} er ikke i noen av gruppene som separateBy lister opp, og er utelatt.`,
  'warning.moved-to-end-bins': ({ outcome, population, values }) =>
    `${of(outcome, population)}: ${counted(values, 'verdi', 'verdier')} i rader utenfor estimeringsutvalget ligger utenfor det utvalget spenner over, og er flyttet til nærmeste endeklasse.`,
  'warning.without-expected': ({ outcome, population, rows }) =>
    `${of(outcome, population)}: ${counted(rows, 'rad', 'rader')} utenfor estimeringsutvalget har et nivå uten estimat og dermed ingen forventet verdi: ikke med i gruppene.`,
  'warning.replicates-unreached': ({ outcome, unreached, replicates }) =>
    `${outcome}: ${unreached} av ${counted(replicates, 'trekning', 'trekninger')} kom ikke fram til noe estimat og er utelatt fra standardfeil og intervaller.`,
  'warning.replicates-without-rows': ({ outcome, cells, skipped, replicates }) =>
    `${outcome}: ${counted(cells, 'måned', 'måneder')} i grupper manglet rader i noen av ${counted(replicates, 'trekning', 'trekninger')} (${skipped} i alt), som er utelatt fra standardfeil og intervaller der.`,
  'warning.few-clusters': ({ outcome, population, persons, rank }) =>
    persons < 2
      ? `${of(outcome, population)}: én person har alle radene, og standardfeil etter person kan ikke beregnes: Koeffisientene har ingen.`
      : `${of(outcome, population)}: ${persons} personer er færre enn det dobbelte av de ${rank} koeffisientene; standardfeil etter person blir da for små. Ta færre nivåer, eller test ikke etter dem.`,
  'warning.relative-to-unobserved': ({ outcome, month }) => `${outcome}: ingen rad i ${month} har det observert, så det relative avviket er tomt.`,
};
