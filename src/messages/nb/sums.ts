import type { Catalogue } from '../catalogue.ts';
import type { sums as english } from '../en/sums.ts';
import { counted } from '../words.ts';

const shown = (first: readonly { file: string; row: number; value: number }[]): string => first.map(({ file, row, value }) => `${file} rad ${row}: ${value}`).join('; ');

export const sums: Pick<Catalogue, keyof typeof english> = {
  'data.spoils-sums': ({ column, values, first, low, high }) =>
    `Kolonnen ${column}: ${counted(values, 'verdi er så stor', 'verdier er så store')} at summer med ${values === 1 ? 'den' : 'dem'} ville miste sifrene til alle andre (${shown(first)}${values > first.length ? '; …' : ''}). Den midterste halvdelen av verdiene utenom 0 ligger fra ${low} til ${high}. Rett ${values === 1 ? 'den' : 'dem'}, eller la feltet stå tomt der verdien ikke er kjent.`,
  'data.beyond-squares': ({ column, largest, first }) =>
    `Kolonnen ${column}: den største verdien har størrelsen ${largest} (${shown(first)}), og kvadrater av slike verdier er utenfor det flyttall rommer. Oppgi kolonnen i en annen enhet.`,
  'warning.few-digits': ({ outcome, population, digits }) =>
    `${population === '' ? outcome : `${outcome} (${population})`}: summer av kvadrater har ${counted(digits, 'siffer', 'sifre')} av spredningen i verdiene, og standardfeil laget av dem har ikke flere. Trekk fra utfallet det som er felles for alle verdier, eller rett verdier som ligger langt fra de andre.`,
};
