import { counted, ended } from '../words.ts';

/** Ways in which a worker ends; any other reason is the system's own text. */
const ends: Readonly<Record<string, string>> = {
  'no-script': 'its script could not be loaded',
  'bad-message': 'it sent a message that cannot be read',
  silent: 'it ended without a word',
};
const endOf = (reason: string): string => ended(ends[reason] ?? reason.replace(/^exit (\d+)$/, 'it ended with code $1'));
const mib = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)} MiB`;

/** Of memory. */
export const memory = {
  'memory.rows': ({ rows, needed, allowed, fitting, eachBreakdown }: { rows: number; needed: number; allowed: number; fitting: number; eachBreakdown: number | null }) =>
    `The ${counted(rows, 'row needs', 'rows need')} about ${mib(needed)} of memory, and ${mib(allowed)} are free. What helps: ${eachBreakdown === null ? '' : `leave out breakdowns (each takes about ${mib(eachBreakdown)}); `}read fewer rows (about ${fitting} fit); close other programs or use a machine with more memory.`,
  'memory.worker': ({ workers, needed, allowed, least, fitting }: { workers: number; needed: number; allowed: number; least: number; fitting: number }) =>
    `The coded rows of one of ${counted(workers, 'worker', 'workers')} need about ${mib(needed)}, and a worker can hold ${mib(allowed)}. What helps: use at least ${counted(least, 'worker', 'workers')}; leave out breakdowns; read fewer rows (about ${fitting} fit).`,
  'memory.grow': ({ asked, wanted, most }: { asked: number; wanted: number; most: number }) =>
    `A worker's memory cannot grow by ${mib(asked)} to ${mib(wanted)} (limit ${mib(most)}); use more workers or fewer columns or rows.`,
  'memory.joint-tables': ({ cells }: { cells: number }) => `Joint tables of ${counted(cells, 'cell', 'cells')} do not fit a worker's memory; merge levels.`,
};

/** Of worker threads. */
export const workers = {
  'worker.stopped': ({ worker, workers: of, reason }: { worker: number; workers: number; reason: string }) =>
    `Worker ${worker} of ${of} stopped: ${endOf(reason)} Nothing was lost on disk; run again.`,
  'worker.closed': (_: object) => 'The workers have been closed.',
  'worker.did-not-stop': (_: object) => 'The workers were ended because one did not stop in time. Open new ones.',
  'worker.not-started': ({ reason }: { reason: string }) => `A worker could not be started: ${endOf(reason)}`,
  'worker.failed': ({ reason }: { reason: string }) => `A worker failed: ${endOf(reason)}`,
  'worker.files-not-described': ({ reason }: { reason: string }) => `The files could not be looked at: ${endOf(reason)}`,
  'worker.engine-stopped': ({ reason }: { reason: string }) => `The engine stopped: ${endOf(reason)} A new one takes its place; run again.`,
  'usage.rows-let-go': (_: object) =>
    'The sums of these numbers were not kept, and their rows are no longer held, since another run has begun or the engine has stopped. Run it again to ask about it.',
  'worker.ended-early': ({ status }: { status: number }) => `A worker ended with code ${status} before its part was written.`,
};

/** Of kernels in WebAssembly. */
export const kernels = {
  'internal.kernels-not-built': ({ path }: { path: string }) => `The kernels are not built: ${path} cannot be read; run "npm run build:kernels".`,
  'internal.no-simd': (_: object) => 'The kernels do not compile: this engine needs WebAssembly with SIMD.',
};
