import type { Catalogue } from '../catalogue.ts';
import type { runFolder as english } from '../en/run-folder.ts';

export const runFolder: Pick<Catalogue, keyof typeof english> = {
  'usage.no-finished-run': ({ folder, file, reason }) =>
    `${folder} er inga ferdig køyring: ${file} i mappa kan ikkje lesast (${reason}). Gi ei mappe som «run --out» har skrive, eller to modellar med --data.`,
  'data.no-manifest': ({ path }) => `${path} er ikkje manifestet til ei køyring. Køyr henne på nytt.`,
  'data.not-json': ({ path, reason }) => `${path} er ikkje JSON: ${reason}`,
  'data.result-unreadable': ({ path, reason }) => `${path} kan ikkje lesast (${reason}), endå køyringa skreiv fila. Køyr henne på nytt.`,
  'data.no-result-table': ({ folder, name }) => `${folder} har verken ${name}.csv eller ${name}.arrow, endå manifestet nemner tabellen. Køyr henne på nytt.`,
  'data.no-result-column': ({ file, column }) => `${file} manglar kolonnen ${column}; ein annan versjon av programmet har skrive fila. Køyr på nytt med denne.`,
  'data.results-changed': ({ folder }) => `Tabellane i ${folder} er ikkje dei som manifestet skildrar: Noko har endra dei etter køyringa. Køyr henne på nytt.`,
  'usage.periods-differ': ({ a, b, periodOfA, periodOfB }) =>
    `A (${a}) har perioden ${periodOfA}, B (${b}) har ${periodOfB}: punkta er ikkje av same slag. Køyr ei av dei på nytt med --period frå den andre.`,
  'usage.table-name-twice': ({ name }) => `To tabellar ville fått namnet ${name}: gi ein av kolonnane i --by eit anna namn.`,
};
