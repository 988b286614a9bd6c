// Runs a program that prints a JSON line a fit, and watches its time and memory.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { createInterface } from 'node:readline';

export const outcomes = ['atid3', 'atid12', 'jobb3', 'jobb12'];

/**
 * Starts a peer on the codes in `folder`. It is ended where a round of the four outcomes takes longer than `minutes`, reading
 * included, or it holds more than `gib` of memory. Rounds that were whole by then count.
 *
 * @returns whole rounds, each a line by outcome; `version` as the peer tells it; `ended`, why it was ended, if it was
 */
export async function peerRounds(peer, { folder, count, minutes, gib }) {
  const child = spawn(peer.command, [...peer.args, folder, String(count)], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [lines, loads] = [[], [loadavg()[0]]];
  let [about, ended, peakGiB, errors] = [{}, null, 0, ''];
  let timer;
  const end = (reason) => {
    ended ??= reason;
    child.kill('SIGKILL');
  };
  const restart = () => {
    clearTimeout(timer);
    timer = setTimeout(end, 60_000 * minutes, `more than ${minutes} minutes a round`);
  };
  const watch = setInterval(() => {
    peakGiB = Math.max(peakGiB, residentGiB(child.pid));
    if (peakGiB > gib) end(`more than ${gib} GiB`);
  }, 200);
  child.stderr.on('data', (data) => (errors = (errors + data).slice(-2000)));
  const exit = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(code === 0 ? null : `ended with ${signal ?? code}: ${errors.trim().split('\n').at(-1)}`));
  });
  restart();
  for await (const text of createInterface({ input: child.stdout })) {
    if (!text.startsWith('{')) continue;
    const line = JSON.parse(text);
    if (!line.outcome) {
      about = line;
      continue;
    }
    lines.push(line);
    if (lines.length % outcomes.length === 0) {
      loads.push(loadavg()[0]);
      restart();
    }
  }
  const failure = await exit;
  clearTimeout(timer);
  clearInterval(watch);
  const rounds = [];
  while (lines.length >= outcomes.length) rounds.push(lines.splice(0, outcomes.length));
  return { ...about, rounds, peakGiB, loads, ended: ended ?? failure };
}

/** This engine on the population in `data`. */
export async function ourRounds(program, { data, count, workers }) {
  const loads = [loadavg()[0]];
  const child = spawn(process.execPath, [program, data, String(count), String(workers)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = new Promise((resolve) => child.once('close', resolve));
  const rounds = [];
  for await (const text of createInterface({ input: child.stdout })) rounds.push(JSON.parse(text));
  if ((await exit) !== 0 || rounds.length !== count) throw new Error(`${program} gave ${rounds.length} of ${count} rounds.`);
  loads.push(loadavg()[0]);
  return { rounds, loads };
}

/** Memory of a process in GiB, where the system tells. */
function residentGiB(pid) {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 2 ** 20;
  } catch {
    return 0;
  }
}
