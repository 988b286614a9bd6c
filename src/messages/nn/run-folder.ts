import type { Catalogue } from '../catalogue.ts';
import type { runFolder as english } from '../en/run-folder.ts';
import { firstOf } from '../words.ts';

export const runFolder: Pick<Catalogue, keyof typeof english> = {
  'usage.no-finished-run': ({ folder, file, reason }) =>
    `${folder} er inga ferdig køyring: ${file} i mappa kan ikkje lesast (${reason}). Gi ei mappe som «run --out» har skrive, eller to modellar med --data.`,
  'data.no-manifest': ({ path }) => `${path} er ikkje manifestet til ei køyring. Køyr henne på nytt.`,
  'data.not-json': ({ path, reason }) => `${path} er ikkje JSON: ${reason}`,
  'data.key-twice': ({ path, keys }) =>
    `${path} oppgir noko meir enn éin gong: ${firstOf(keys)}. Hent mappa på nytt, eller ta køyringa opp att.`,
  'data.not-fits': ({ path }) => `${path} inneheld ikkje tilpassingane frå ei køyring. Ta køyringa opp att.`,
  'data.result-unreadable': ({ path, reason }) =>
    `${path} kan ikkje lesast (${reason}), endå køyringa skreiv fila. Køyr henne på nytt.`,
  'data.no-result-table': ({ folder, name }) =>
    `${folder} har verken ${name}.csv eller ${name}.arrow, endå manifestet nemner tabellen. Køyr henne på nytt.`,
  'data.no-result-column': ({ file, column }) =>
    `${file} manglar kolonnen ${column}; ein annan versjon av programmet har skrive fila. Køyr på nytt med denne.`,
  'data.results-changed': ({ folder, changed, missing }) => {
    const odd = [
      ...(changed.length > 0 ? [`annleis enn køyringa skreiv: ${firstOf(changed)}`] : []),
      ...(missing.length > 0 ? [`borte: ${firstOf(missing)}`] : []),
    ];
    return `Filene i ${folder} er ikkje dei som manifestet skildrar (${odd.join('; ')}). Hent mappa på nytt, eller ta køyringa opp att.`;
  },
  'data.manifest-changed': ({ path }) =>
    `${path} er ikkje slik køyringa skreiv ho: Kontrollsummen stemmer ikkje. Hent mappa på nytt, eller ta køyringa opp att.`,
  'data.no-checksums': ({ path }) =>
    `${path} manglar kontrollsummar for filene: Ein tidlegare versjon har skrive ho. Ta køyringa opp att.`,
  'usage.periods-differ': ({ a, b, periodOfA, periodOfB }) =>
    `A (${a}) har perioden ${periodOfA}, B (${b}) har ${periodOfB}: punkta er ikkje av same slag. Køyr ei av dei på nytt med --period frå den andre.`,
  'usage.table-name-twice': ({ name }) =>
    `To tabellar ville fått namnet ${name}: gi ein av kolonnane i --by eit anna namn.`,
};
