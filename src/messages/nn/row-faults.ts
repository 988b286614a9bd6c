import type { Catalogue } from '../catalogue.ts';
import type { faultyRows as englishFaulty, rowFaults as english } from '../en/row-faults.ts';
import { counted, nested, shownRows, type ShownRow } from '../words.ts';

const where = (first: readonly ShownRow[]): string => `(dei første radene: ${shownRows(first)})`;
const values = (count: number): string => counted(count, 'verdi', 'verdiar');
const rows = (count: number): string => counted(count, 'rad', 'rader');

export const rowFaults: Pick<Catalogue, keyof typeof english> = {
  'fault.malformed-row': ({ count, first }) =>
    `${rows(count)} har ikkje felta i overskrifta, eller eit hermeteikn er ikkje lukka ${where(first)}. Skriv eitt felt per kolonne og lukk alle hermeteikn (RFC 4180).`,
  'fault.swallowed-rows': ({ lines, count, first }) =>
    `${counted(count, 'verdi i hermeteikn går', 'verdiar i hermeteikn går')} over ${lines} linjer som ser ut som rader ${where(first)}. Fjern hermeteiknet som opnar verdien, eller skriv det dobbelt.`,
  'fault.not-utf8': ({ count, first }) =>
    `${values(count)} er ikkje UTF-8-tekst ${where(first)}. Lagre fila som UTF-8, eller oppgje kva ho er, som i --encoding windows-1252.`,
  'fault.not-a-number': ({ count, first }) =>
    `${values(count)} er ikkje eit tal ${where(first)}. Skriv reine tal; ein verdi som manglar, er eit tomt felt eller NA.`,
  'fault.not-finite': ({ count, first }) =>
    `${values(count)} er ikkje eit endeleg tal ${where(first)}. Skriv endelege tal, eller lat verdien stå tom.`,
  'fault.not-a-month': ({ count, first }) =>
    `${values(count)} er ikkje ein månad ${where(first)}. Skriv månader som ÅÅÅÅ-MM, ÅÅÅÅ-MM-DD, ein dato eller eit tidspunkt, eller heiltalet ÅÅÅÅMM.`,
  'fault.no-month': ({ count, first }) =>
    `månaden manglar i ${rows(count)} ${where(first)}. Kvar rad treng kalendermånaden sin.`,
  'fault.not-of-folder': ({ folder, count, first }) =>
    `${counted(count, 'rad har', 'rader har')} ein annan verdi enn mappa ${folder} seier ${where(first)}. Flytt radene til si eiga mappe, eller gi mappa eit namn utan «=».`,
  'fault.no-person': ({ count, first }) =>
    `personnøkkelen manglar i ${rows(count)} ${where(first)}. Kvar rad treng ein personnøkkel.`,
  'fault.person-mark': ({ count, first }) =>
    `personnøkkelen byrjar med eit byterekkjefølgjemerke (BOM) i ${rows(count)} ${where(first)}: Der er filer sette saman. Ta bort merket.`,
  'fault.between-levels': ({ count, first }) =>
    `${rows(count)} har ein verdi mellom to nivå ${where(first)}. Nivå er heiltal; bruk "intervals" for andre verdiar.`,
  'fault.negative-beside-zero': ({ count, first }) =>
    `${rows(count)} har ein negativ verdi ${where(first)}, der "zero": "separate" gjer null til eitt nivå og dei andre til nivå av positive verdiar. Rett han, set han til 0 eller lat han stå tom, eller ta ut "zero", slik at negative verdiar òg får nivå.`,
  'fault.missing-where-observed': ({ outcome, count, first }) =>
    `${rows(count)} manglar verdi der ${outcome} er observert ${where(first)}. Fyll han inn, eller gi kjenneteiknet "missing": "level", "reference" eller "drop" i modellen.`,
  'fault.not-zero-one': ({ count, first }) =>
    `${rows(count)} har ein verdi som verken er 0 eller 1 ${where(first)}. Rett han, eller lat han stå tom der han ikkje er kjend.`,
  'fault.outside-range': ({ low, high, count, first }) =>
    `${rows(count)} har ein verdi utanfor ${low} til ${high} ${where(first)}. Rett han, eller endre området for utfallet i modellen.`,
  'fault.implausible': ({ low, high, count, first }) =>
    `${rows(count)} har ein verdi utanfor ${low} til ${high} ${where(first)}. Rett han, eller lat han stå tom der han ikkje er kjend.`,
  'fault.too-large': ({ count, first }) =>
    `${rows(count)} har eit tal på 2⁴⁰ eller meir i talverdi ${where(first)}. Gi det i ei større eining.`,
};

export const faultyRows: Pick<Catalogue, keyof typeof englishFaulty> = {
  'data.faulty-rows': ({ file, faults }) =>
    faults.map((fault) => `${file}${fault.column === null ? '' : `, kolonnen ${fault.column}`}: ${nested(rowFaults, fault)}`).join('\n'),
};
