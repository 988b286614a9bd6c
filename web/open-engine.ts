import { EngineError } from '../src/errors.ts';
import { runModel } from '../src/pipeline.ts';
import { listRegisterFiles } from '../src/register/files.ts';
import { openPool } from '../src/workers/open-browser.ts';
import type { Pool } from '../src/workers/pool.ts';
import type { RegisterSource } from '../src/workers/protocol.ts';
import { describeFiles } from './describe-files.ts';
import type { Engine, Source } from './engine.ts';

/** Memory grows with the workers, and past this many they wait for each other. */
const mostWorkers = 8;

/** The page itself has little to do while workers compute, so on two cores both may work. */
function workerCount(): number {
  const cores = navigator.hardwareConcurrency || 2;
  return cores <= 2 ? cores : Math.min(mostWorkers, cores - 1);
}

const registerSource = (source: Source): RegisterSource =>
  source.kind === 'synthetic'
    ? { synthetic: { rows: source.rows, seed: source.seed, effects: 'on' } }
    : { files: listRegisterFiles(source.files) };

/** The engine behind the app: one pool of workers, opened when first needed and again when it is over. */
export function openEngine(): Engine {
  let pool: Promise<Pool> | null = null;
  let last: Promise<unknown> = Promise.resolve();

  /** The pool there is, or a new one in the place of none or of one that is over. */
  function readyPool(): Promise<Pool> {
    const open = (): Promise<Pool> => openPool({ workers: workerCount() });
    pool = pool === null ? open() : pool.then((present) => (present.isOver ? open() : present), open);
    return pool;
  }

  return {
    async run({ source, spec, options }, signal, onProgress) {
      // The workers hold one table at a time: a cancelled run has to have let go before the next begins.
      await last.catch(() => {});
      if (signal.aborted) throw new EngineError('interrupted', 'The run was cancelled.');
      const running = readyPool().then((ready) => runModel({ spec, source: registerSource(source), options, pool: ready, signal, onProgress }));
      last = running;
      return running;
    },
    describe: (files) => describeFiles(listRegisterFiles(files)),
  };
}
