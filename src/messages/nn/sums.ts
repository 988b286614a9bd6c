import type { Catalogue } from '../catalogue.ts';
import type { sums as english } from '../en/sums.ts';
import { counted } from '../words.ts';

const shown = (first: readonly { file: string; row: number; value: number }[]): string => first.map(({ file, row, value }) => `${file} rad ${row}: ${value}`).join('; ');

export const sums: Pick<Catalogue, keyof typeof english> = {
  'data.spoils-sums': ({ column, values, first, low, high }) =>
    `Kolonnen ${column}: ${counted(values, 'verdi er så stor', 'verdiar er så store')} at summar med ${values === 1 ? 'han' : 'dei'} ville miste siffera til alle andre (${shown(first)}${values > first.length ? '; …' : ''}). Den midtarste halvdelen av verdiane utanom 0 ligg mellom ${low} og ${high}. Rett ${values === 1 ? 'han' : 'dei'}, eller la feltet stå tomt der verdien ikkje er kjend.`,
  'data.beyond-squares': ({ column, largest, first }) =>
    `Kolonnen ${column}: den største verdien har storleiken ${largest} (${shown(first)}), og kvadrat av slike verdiar er utanfor det flyttal rommar. Oppgje kolonnen i ei anna eining.`,
  'warning.few-digits': ({ outcome, population, digits }) =>
    `${population === '' ? outcome : `${outcome} (${population})`}: summar av kvadrat har ${counted(digits, 'siffer', 'siffer')} av spreiinga i verdiane, og standardfeil laga av dei har ikkje fleire. Trekk frå utfallet det som er felles for alle verdiar, eller rett verdiar som ligg langt frå dei andre.`,
};
