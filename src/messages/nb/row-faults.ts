import type { Catalogue } from '../catalogue.ts';
import type { faultyRows as englishFaulty, rowFaults as english } from '../en/row-faults.ts';
import { counted, nested, shownRows, type ShownRow } from '../words.ts';

const where = (first: readonly ShownRow[]): string => `(første rader: ${shownRows(first)})`;
const values = (count: number): string => counted(count, 'verdi', 'verdier');
const rows = (count: number): string => counted(count, 'rad', 'rader');

export const rowFaults: Pick<Catalogue, keyof typeof english> = {
  'fault.malformed-row': ({ count, first }) =>
    `${rows(count)} har ikke feltene i overskriften, eller et anførselstegn er ikke lukket ${where(first)}. Skriv ett felt per kolonne og lukk alle anførselstegn (RFC 4180).`,
  'fault.swallowed-rows': ({ lines, count, first }) =>
    `${counted(count, 'verdi i anførselstegn går', 'verdier i anførselstegn går')} over ${lines} linjer som ser ut som rader ${where(first)}. Fjern anførselstegnet som åpner verdien, eller skriv det dobbelt.`,
  'fault.not-utf8': ({ count, first }) =>
    `${values(count)} er ikke UTF-8-tekst ${where(first)}. Lagre filen som UTF-8, eller oppgi hva den er, som i --encoding windows-1252.`,
  'fault.not-a-number': ({ count, first }) =>
    `${values(count)} er ikke et tall ${where(first)}. Skriv rene tall; en manglende verdi er et tomt felt eller NA.`,
  'fault.not-finite': ({ count, first }) =>
    `${values(count)} er ikke et endelig tall ${where(first)}. Skriv endelige tall, eller la verdien stå tom.`,
  'fault.not-a-month': ({ count, first }) =>
    `${values(count)} er ikke en måned ${where(first)}. Skriv måneder som ÅÅÅÅ-MM, ÅÅÅÅ-MM-DD, en dato eller et tidspunkt, eller heltallet ÅÅÅÅMM.`,
  'fault.no-month': ({ count, first }) =>
    `måneden mangler i ${rows(count)} ${where(first)}. Hver rad trenger sin kalendermåned.`,
  'fault.not-of-folder': ({ folder, count, first }) =>
    `${counted(count, 'rad har', 'rader har')} en annen verdi enn mappen ${folder} sier ${where(first)}. Flytt radene til sin egen mappe, eller gi mappen et navn uten «=».`,
  'fault.no-person': ({ count, first }) =>
    `personnøkkelen mangler i ${rows(count)} ${where(first)}. Hver rad trenger en personnøkkel.`,
  'fault.person-mark': ({ count, first }) =>
    `personnøkkelen begynner med et byterekkefølgemerke (BOM) i ${rows(count)} ${where(first)}: Der er filer satt sammen. Ta bort merket.`,
  'fault.between-levels': ({ count, first }) =>
    `${rows(count)} har en verdi mellom to nivåer ${where(first)}. Nivåer er heltall; bruk "intervals" for andre verdier.`,
  'fault.negative-beside-zero': ({ count, first }) =>
    `${rows(count)} har en negativ verdi ${where(first)}, der "zero": "separate" gjør null til ett nivå og de andre til nivåer av positive verdier. Rett den, sett den til 0 eller la den stå tom, eller ta ut "zero", slik at negative verdier også får nivåer.`,
  'fault.missing-where-observed': ({ outcome, count, first }) =>
    `${rows(count)} mangler verdi der ${outcome} er observert ${where(first)}. Fyll den inn, eller gi kjennetegnet "missing": "level", "reference" eller "drop" i modellen.`,
  'fault.not-zero-one': ({ count, first }) =>
    `${rows(count)} har en verdi som verken er 0 eller 1 ${where(first)}. Rett den, eller la den stå tom der den ikke er kjent.`,
  'fault.outside-range': ({ low, high, count, first }) =>
    `${rows(count)} har en verdi utenfor ${low} til ${high} ${where(first)}. Rett den, eller endre området for utfallet i modellen.`,
  'fault.implausible': ({ low, high, count, first }) =>
    `${rows(count)} har en verdi utenfor ${low} til ${high} ${where(first)}. Rett den, eller la den stå tom der den ikke er kjent.`,
  'fault.too-large': ({ count, first }) =>
    `${rows(count)} har et tall på 2⁴⁰ eller mer i tallverdi ${where(first)}. Oppgi det i en større enhet.`,
};

export const faultyRows: Pick<Catalogue, keyof typeof englishFaulty> = {
  'data.faulty-rows': ({ file, faults }) =>
    faults.map((fault) => `${file}${fault.column === null ? '' : `, kolonnen ${fault.column}`}: ${nested(rowFaults, fault)}`).join('\n'),
};
