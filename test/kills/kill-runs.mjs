// Kills of the command `run`, into a new folder and over old results.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { wholeDigest } from './whole-folder.mjs';

const bin = fileURLToPath(new URL('../../bin/arbeidsindikator.js', import.meta.url));
const signals = /** @type {const} */ (['SIGKILL', 'SIGTERM', 'SIGINT']);
/** Milliseconds within which whoever was asked to stop has to have stopped. */
const answerWithin = 2000;

/**
 * @param {number} count
 * @param {import('../hostile/random.mjs').Random} draw
 * @param {(kill: { name: string, milliseconds: number, faults: string[] }) => void} told
 */
export async function killRuns(count, draw, told) {
  if (count === 0) return;
  const home = mkdtempSync(join(tmpdir(), 'kills-'));
  const cli = (/** @type {string[]} */ ...args) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args, '--json', '--quiet'], { cwd: home, encoding: 'utf8' });
    if (status !== 0) throw new Error(`exit ${status}: ${stderr}`);
    return JSON.parse(stdout);
  };
  try {
    cli('generate', '--out', 'people', '--rows', '20000', '--seed', '7');
    const asked = ['run', 'people/data', '--model', 'main', '--by', 'county', '--bundle', '--workers', '2', '--format', 'csv,arrow', '--force'];
    const old = ['run', 'people/data', '--model', 'main', '--by', 'main_group', '--workers', '1'];
    const [oldDigest, newDigest] = [cli(...old, '--out', 'old').digest, cli(...asked, '--out', 'new').digest];
    const began = performance.now();
    cli(...asked, '--out', 'new');
    const whole = performance.now() - began;

    for (let k = 0; k < count; k++) {
      const signal = signals[k % signals.length];
      const place = join(home, `place-${k}`);
      const out = join(place, 'out');
      mkdirSync(place);
      // Every other one over old results.
      const over = k % 2 === 1;
      if (over) cpSync(join(home, 'old'), out, { recursive: true });
      const child = spawn(process.execPath, [bin, ...asked, '--out', out, '--quiet'], { cwd: home, stdio: 'ignore' });
      const ended = new Promise((done) => child.once('exit', done));
      await Promise.race([ended, new Promise((done) => setTimeout(done, draw.next() * 1.1 * whole))]);
      const killed = performance.now();
      child.kill(signal);
      await ended;
      const milliseconds = performance.now() - killed;
      const faults = milliseconds > answerWithin ? [`${signal} was answered after ${Math.round(milliseconds)} ms`] : [];
      try {
        const digest = await wholeDigest(out);
        if (![newDigest, over ? oldDigest : null].includes(digest)) faults.push(`the folder has the digest ${digest}`);
        if (signal !== 'SIGKILL' && readdirSync(place).some((name) => name !== 'out')) faults.push(`beside it: ${readdirSync(place).join(', ')}`);
        const next = cli(...asked, '--out', out);
        if (next.digest !== newDigest || (await wholeDigest(out)) !== newDigest) faults.push(`the next run has the digest ${next.digest}`);
        if (readdirSync(place).join() !== 'out') faults.push(`left over: ${readdirSync(place).join(', ')}`);
      } catch (error) {
        faults.push(/** @type {Error} */ (error).message);
      }
      told({ name: `${signal} ${over ? 'over old results' : 'into a new folder'}`, milliseconds, faults });
      rmSync(place, { recursive: true, force: true });
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
