import type { Catalogue } from '../catalogue.ts';
import type { runFolder as english } from '../en/run-folder.ts';
import { firstOf } from '../words.ts';

export const runFolder: Pick<Catalogue, keyof typeof english> = {
  'usage.no-finished-run': ({ folder, file, reason }) =>
    `${folder} er ingen ferdig kjøring: ${file} i mappen kan ikke leses (${reason}). Gi en mappe som «run --out» har skrevet, eller to modeller med --data.`,
  'data.no-manifest': ({ path }) => `${path} er ikke manifestet til en kjøring. Kjør den på nytt.`,
  'data.not-json': ({ path, reason }) => `${path} er ikke JSON: ${reason}`,
  'data.key-twice': ({ path, keys }) =>
    `${path} oppgir noe mer enn én gang: ${firstOf(keys)}. Hent mappen på nytt, eller gjenta kjøringen.`,
  'data.not-fits': ({ path }) => `${path} inneholder ikke tilpasningene fra en kjøring. Gjenta kjøringen.`,
  'data.result-unreadable': ({ path, reason }) =>
    `${path} kan ikke leses (${reason}), enda kjøringen skrev den. Kjør den på nytt.`,
  'data.no-result-table': ({ folder, name }) =>
    `${folder} har verken ${name}.csv eller ${name}.arrow, enda manifestet nevner tabellen. Kjør den på nytt.`,
  'data.no-result-column': ({ file, column }) =>
    `${file} mangler kolonnen ${column}; en annen versjon av programmet har skrevet filen. Kjør den på nytt med denne.`,
  'data.results-changed': ({ folder, changed, missing }) => {
    const odd = [
      ...(changed.length > 0 ? [`annerledes enn kjøringen skrev: ${firstOf(changed)}`] : []),
      ...(missing.length > 0 ? [`borte: ${firstOf(missing)}`] : []),
    ];
    return `Filene i ${folder} er ikke de som manifestet beskriver (${odd.join('; ')}). Hent mappen på nytt, eller gjenta kjøringen.`;
  },
  'data.manifest-changed': ({ path }) =>
    `${path} er ikke slik kjøringen skrev den: Kontrollsummen stemmer ikke. Hent mappen på nytt, eller gjenta kjøringen.`,
  'data.no-checksums': ({ path }) =>
    `${path} mangler kontrollsummer for filene: En tidligere versjon har skrevet den. Gjenta kjøringen.`,
  'usage.periods-differ': ({ a, b, periodOfA, periodOfB }) =>
    `A (${a}) har perioden ${periodOfA}, B (${b}) har ${periodOfB}: punktene er ikke av samme slag. Kjør en av dem på nytt med den andres --period.`,
  'usage.table-name-twice': ({ name }) =>
    `To tabeller ville fått navnet ${name}: gi en av kolonnene i --by et annet navn.`,
};
