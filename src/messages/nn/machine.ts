import type { Catalogue } from '../catalogue.ts';
import type { kernels as englishKernels, memory as english, workers as englishWorkers } from '../en/machine.ts';
import { counted, ended } from '../words.ts';

const ends: Readonly<Record<string, string>> = {
  'no-script': 'skriptet kunne ikkje lastast',
  'bad-message': 'han sende ei melding som ikkje kan lesast',
  silent: 'han vart borte utan eit ord',
};
const endOf = (reason: string): string => ended(ends[reason] ?? reason.replace(/^exit (\d+)$/, 'han vart avslutta med kode $1'));
const mib = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)} MiB`;

export const memory: Pick<Catalogue, keyof typeof english> = {
  'memory.rows': ({ rows, needed, allowed, fitting, eachBreakdown }) =>
    `${counted(rows, 'rad', 'rader')} treng om lag ${mib(needed)} minne, og ${mib(allowed)} er ledig. Dette hjelper: ${eachBreakdown === null ? '' : `utelat oppdelingar (kvar tek om lag ${mib(eachBreakdown)}); `}les færre rader (om lag ${fitting} får plass); lukk andre program, eller bruk ei maskin med meir minne.`,
  'memory.worker': ({ workers: of, needed, allowed, least, fitting }) =>
    `Dei koda radene i éin av ${counted(of, 'tråd', 'trådar')} treng om lag ${mib(needed)}, og ein tråd rommar ${mib(allowed)}. Dette hjelper: bruk minst ${counted(least, 'tråd', 'trådar')}; utelat oppdelingar; les færre rader (om lag ${fitting} får plass).`,
  'memory.grow': ({ asked, wanted, most }) =>
    `Minnet til ein tråd kan ikkje vekse med ${mib(asked)} til ${mib(wanted)} (grensa er ${mib(most)}); bruk fleire trådar eller færre kolonnar eller rader.`,
  'memory.joint-tables': ({ cells }) => `Krysstabellar med ${counted(cells, 'celle', 'celler')} får ikkje plass i minnet til ein tråd; slå saman nivå.`,
};

export const workers: Pick<Catalogue, keyof typeof englishWorkers> = {
  'worker.stopped': ({ worker, workers: of, reason }) => `Tråd ${worker} av ${of} stoppa: ${endOf(reason)} Ingenting gjekk tapt på disken; køyr på nytt.`,
  'worker.closed': () => 'Trådane er lukka.',
  'worker.did-not-stop': () => 'Trådane vart avslutta fordi ein av dei ikkje stoppa i tide. Start på nytt.',
  'worker.not-started': ({ reason }) => `Ein tråd kunne ikkje startast: ${endOf(reason)}`,
  'worker.failed': ({ reason }) => `Ein tråd feila: ${endOf(reason)}`,
  'worker.files-not-described': ({ reason }) => `Det gjekk ikkje an å sjå på filene: ${endOf(reason)}`,
  'worker.engine-stopped': ({ reason }) => `Reknemotoren stoppa: ${endOf(reason)} Ein ny tek over; start på nytt.`,
  'usage.rows-let-go': () =>
    'Summane bak desse tala vart ikkje tekne vare på, og radene er sleppte fordi ei ny berekning er i gang eller hovudtråden har stoppa. Berekn på nytt for å spørje om dei.',
  'worker.ended-early': ({ status }) => `Ein tråd vart avslutta med kode ${status} før delen hans var skriven.`,
};

export const kernels: Pick<Catalogue, keyof typeof englishKernels> = {
  'internal.kernels-not-built': ({ path }) => `Reknekjernane er ikkje bygde: ${path} kan ikkje lesast; køyr «npm run build:kernels».`,
  'internal.no-simd': () => 'Reknekjernane lèt seg ikkje kompilere: Programmet treng WebAssembly med SIMD.',
};
