// Kills of the command `run`, into a new folder and over old results.
import { execFile, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { wholeDigest } from './whole-folder.mjs';

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const bin = here('../../bin/arbeidsindikator.js');
const panel = here('../fixtures/reference/cases/panel/');
const signals = /** @type {const} */ (['SIGKILL', 'SIGTERM', 'SIGINT']);
/** Milliseconds within which whoever was asked to stop has to have stopped. */
const answerWithin = 2000;

const run = ['run', join(panel, 'data.csv'), '--model', join(panel, 'model.json'), '--quiet'];
const old = [...run, '--by', 'country_group', '--workers', '1'];
const asked = [...run, '--by', 'county', '--bundle', '--workers', '2', '--format', 'csv,arrow', '--force'];

/** The digest that a run which nobody kills tells. @param {string[]} args @returns {Promise<string>} */
const digestOf = (args) =>
  new Promise((done, fail) => {
    execFile(process.execPath, [bin, ...args, '--json'], { encoding: 'utf8' }, (error, stdout, stderr) => (error ? fail(new Error(`${error.message} ${stderr}`)) : done(JSON.parse(stdout).digest)));
  });

/** @param {number} milliseconds */
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/**
 * @param {number} count
 * @param {import('../hostile/random.mjs').Random} draw
 * @param {(kill: import('./run.mjs').Kill) => void} told
 */
export async function killRuns(count, draw, told) {
  const home = mkdtempSync(join(tmpdir(), 'kills-'));
  try {
    const oldFolder = join(home, 'old');
    const [oldDigest, newDigest] = [await digestOf([...old, '--out', oldFolder]), await digestOf([...asked, '--out', join(home, 'new')])];
    const began = performance.now();
    await digestOf([...asked, '--out', join(home, 'new')]);
    let whole = performance.now() - began;

    /** @type {(k: number) => Promise<void>} */
    const killOne = async (k) => {
      const signal = signals[k % signals.length];
      const place = join(home, `place-${k}`);
      const out = join(place, 'out');
      mkdirSync(place);
      // Every other one over old results.
      const over = k % 2 === 1;
      if (over) cpSync(oldFolder, out, { recursive: true });
      const started = performance.now();
      const child = spawn(process.execPath, [bin, ...asked, '--out', out], { stdio: 'ignore' });
      const ended = new Promise((done) => child.once('exit', done));
      await Promise.race([ended, pause(draw.next() * 1.05 * whole)]);
      const killed = performance.now();
      if (child.exitCode !== null) {
        // It was done before, and is no kill: one more, with moments that fit.
        whole = killed - started;
        rmSync(place, { recursive: true, force: true });
        return killOne(k);
      }
      const name = `${signal}, ${over ? 'over old results' : 'into a new folder'}`;
      child.kill(signal);
      await ended;
      const milliseconds = performance.now() - killed;
      const faults = milliseconds > answerWithin ? [`${signal} was answered after ${Math.round(milliseconds)} ms`] : [];
      try {
        const digest = await wholeDigest(out);
        if (![newDigest, over ? oldDigest : null].includes(digest)) faults.push(`the folder has the digest ${digest}`);
        if (signal !== 'SIGKILL' && readdirSync(place).some((entry) => entry !== 'out')) faults.push(`beside it: ${readdirSync(place).join(', ')}`);
        const next = await digestOf([...asked, '--out', out]);
        if (next !== newDigest || (await wholeDigest(out)) !== newDigest) faults.push(`the next run has the digest ${next}`);
        if (readdirSync(place).join() !== 'out') faults.push(`left over: ${readdirSync(place).join(', ')}`);
      } catch (error) {
        faults.push(/** @type {Error} */ (error).message);
      }
      told({ name, milliseconds, faults });
      rmSync(place, { recursive: true, force: true });
    };
    let next = 0;
    const lane = async () => {
      while (next < count) await killOne(next++);
    };
    await Promise.all([lane(), lane()]);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
