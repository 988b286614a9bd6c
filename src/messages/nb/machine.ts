import type { Catalogue } from '../catalogue.ts';
import type { kernels as englishKernels, memory as english, workers as englishWorkers } from '../en/machine.ts';
import { counted, ended } from '../words.ts';

const ends: Readonly<Record<string, string>> = {
  'no-script': 'skriptet kunne ikke lastes',
  'bad-message': 'den sendte en melding som ikke kan leses',
  silent: 'den ble borte uten et ord',
};
const endOf = (reason: string): string => ended(ends[reason] ?? reason.replace(/^exit (\d+)$/, 'den ble avsluttet med kode $1'));
const mib = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)} MiB`;

export const memory: Pick<Catalogue, keyof typeof english> = {
  'memory.rows': ({ rows, needed, allowed, fitting, eachBreakdown }) =>
    `${counted(rows, 'rad', 'rader')} trenger omtrent ${mib(needed)} minne, og ${mib(allowed)} er ledig. Dette hjelper: ${eachBreakdown === null ? '' : `utelat oppdelinger (hver tar omtrent ${mib(eachBreakdown)}); `}les færre rader (omtrent ${fitting} får plass); lukk andre programmer, eller bruk en maskin med mer minne.`,
  'memory.worker': ({ workers: of, needed, allowed, least, fitting }) =>
    `De kodede radene i én av ${counted(of, 'tråd', 'tråder')} trenger omtrent ${mib(needed)}, og en tråd rommer ${mib(allowed)}. Dette hjelper: bruk minst ${counted(least, 'tråd', 'tråder')}; utelat oppdelinger; les færre rader (omtrent ${fitting} får plass).`,
  'memory.grow': ({ asked, wanted, most }) =>
    `Minnet til en tråd kan ikke vokse med ${mib(asked)} til ${mib(wanted)} (grensen er ${mib(most)}); bruk flere tråder eller færre kolonner eller rader.`,
  'memory.joint-tables': ({ cells }) => `Krysstabeller med ${counted(cells, 'celle', 'celler')} får ikke plass i minnet til en tråd; slå sammen nivåer.`,
};

export const workers: Pick<Catalogue, keyof typeof englishWorkers> = {
  'worker.stopped': ({ worker, workers: of, reason }) => `Tråd ${worker} av ${of} stoppet: ${endOf(reason)} Ingenting gikk tapt på disken; kjør på nytt.`,
  'worker.closed': () => 'Trådene er lukket.',
  'worker.did-not-stop': () => 'Trådene ble avsluttet fordi en av dem ikke stoppet i tide. Start på nytt.',
  'worker.not-started': ({ reason }) => `En tråd kunne ikke startes: ${endOf(reason)}`,
  'worker.failed': ({ reason }) => `En tråd feilet: ${endOf(reason)}`,
  'worker.files-not-described': ({ reason }) => `Det gikk ikke an å se på filene: ${endOf(reason)}`,
  'worker.engine-stopped': ({ reason }) => `Beregningsmotoren stoppet: ${endOf(reason)} En ny tar over; start på nytt.`,
  'usage.rows-let-go': () =>
    'Summene bak disse tallene ble ikke tatt vare på, og radene er sluppet fordi en ny beregning er i gang eller hovedtråden har stoppet. Beregn på nytt for å spørre om dem.',
  'worker.ended-early': ({ status }) => `En tråd ble avsluttet med kode ${status} før dens del var skrevet.`,
};

export const kernels: Pick<Catalogue, keyof typeof englishKernels> = {
  'internal.kernels-not-built': ({ path }) => `Regnekjernene er ikke bygd: ${path} kan ikke leses; kjør «npm run build:kernels».`,
  'internal.no-simd': () => 'Regnekjernene lar seg ikke kompilere: Programmet trenger WebAssembly med SIMD.',
};
