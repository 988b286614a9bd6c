import type { Catalogue } from '../catalogue.ts';
import type { verify as english } from '../en/verify.ts';
import { counted } from '../words.ts';

export const verify: Pick<Catalogue, keyof typeof english> = {
  'usage.not-built-in': ({ name, names, near }) =>
    `Ingen innebygd modell heter «${name}». ${near === null ? `Det finnes ${names.join(' og ')}.` : `Mente du «${near}»?`}`,
  'data.other-data': ({ folder, rows, persons, wantedRows, wantedPersons }) =>
    `Dette er ikke dataene til kjøringen i ${folder}: de har ${counted(rows, 'rad', 'rader')} fra ${counted(persons, 'person', 'personer')} og en annen kontrollsum, kjøringen hadde ${counted(wantedRows, 'rad', 'rader')} fra ${wantedPersons}. Oppgi filene den leste.`,
  'data.other-spec': ({ folder }) => `Spesifikasjonen i manifestet til ${folder} er ikke den som kontrollsummen gjelder: noe har endret den etter kjøringen.`,
  'not-reproduced.results': ({ folder, files, theirs, ours }) =>
    `Kjøringen i ${folder} lar seg ikke gjenta fra de samme dataene: ${files.length === 0 ? 'andre tabeller' : files.join(', ')} ble annerledes.` +
    `${theirs === ours ? '' : ` Versjon ${theirs} skrev den, dette er ${ours}.`}`,
  'not-reproduced.files': ({ folder, files }) => `Kjøringen i ${folder} lar seg gjenta, men ${files.join(', ')} er ikke lenger slik kjøringen skrev ${files.length === 1 ? 'den' : 'dem'}.`,
  'usage.r-cannot-mirror': ({ features }) =>
    `Det skrives ikke noe R-skript for en kjøring med ${features.join(', ')}: skriptet kunne ikke gjort det samme. verify uten --r gjentar kjøringen.`,
  'usage.r-out': () => '--out sier hvor R-skriptet skal skrives; oppgi --r sammen med det.',
  'output.script-unwritten': ({ path, reason }) => `Skriptet kan ikke skrives til ${path} (${reason}).`,
};
