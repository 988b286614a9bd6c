import type { Catalogue } from '../catalogue.ts';
import type { verify as english } from '../en/verify.ts';
import { counted } from '../words.ts';

export const verify: Pick<Catalogue, keyof typeof english> = {
  'usage.not-built-in': ({ name, names, near }) =>
    `Ingen innebygd modell heiter «${name}». ${near === null ? `Det finst ${names.join(' og ')}.` : `Meinte du «${near}»?`}`,
  'data.other-data': ({ folder, rows, persons, wantedRows, wantedPersons }) =>
    `Dette er ikkje dataa til køyringa i ${folder}: dei har ${counted(rows, 'rad', 'rader')} frå ${counted(persons, 'person', 'personar')} og ein annan kontrollsum, køyringa hadde ${counted(wantedRows, 'rad', 'rader')} frå ${wantedPersons}. Oppgi filene ho las.`,
  'data.other-spec': ({ folder }) => `Spesifikasjonen i manifestet til ${folder} er ikkje den som kontrollsummen gjeld: noko har endra han etter køyringa.`,
  'not-reproduced.results': ({ folder, files, theirs, ours }) =>
    `Køyringa i ${folder} lèt seg ikkje gjenta frå dei same dataa: ${files.length === 0 ? 'andre tabellar' : files.join(', ')} vart annleis.` +
    `${theirs === ours ? '' : ` Versjon ${theirs} skreiv ho, dette er ${ours}.`}`,
  'not-reproduced.files': ({ folder, files }) => `Køyringa i ${folder} lèt seg gjenta, men ${files.join(', ')} er ikkje lenger slik køyringa skreiv ${files.length === 1 ? 'han' : 'dei'}.`,
  'usage.r-cannot-mirror': ({ features }) =>
    `Det blir ikkje skrive noko R-skript for ei køyring med ${features.join(', ')}: skriptet kunne ikkje gjort det same. verify utan --r gjentek køyringa.`,
  'usage.r-out': () => '--out seier kvar R-skriptet skal skrivast; oppgi --r saman med det.',
  'output.script-unwritten': ({ path, reason }) => `Skriptet kan ikkje skrivast til ${path} (${reason}).`,
};
