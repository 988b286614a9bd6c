// The only clock of the benches, and the only place that writes results: JSON lines that name machine and commit.
import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const results = join(root, 'bench', 'results');

/** Which machine, Node and commit, and how busy it was; a commit that the sources have moved on from is marked `+`. */
export function machine() {
  const git = (...args) => {
    try {
      return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    } catch {
      return '';
    }
  };
  const changed = git('status', '--porcelain', '--', 'src', 'assembly', 'package-lock.json') !== '';
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: `${git('rev-parse', '--short', 'HEAD') || 'unknown'}${changed ? '+' : ''}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    load: Number(loadavg()[0].toFixed(1)),
  };
}

export const machineLine = ({ cpu, cores, memoryGiB, node, platform, load, commit, date }) =>
  `${cpu}, ${cores} cores, ${memoryGiB} GiB, Node ${node}, ${platform}, load ${load}, commit ${commit}, ${date}`;

/** Appends a line to bench/results/<name>.jsonl. */
export function record(name, line) {
  mkdirSync(results, { recursive: true });
  appendFileSync(join(results, `${name}.jsonl`), `${JSON.stringify(line)}\n`);
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** A folder that is gone when the process ends, however it ends. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'arbeidsindikator-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));
  return folder;
}

/**
 * Runs the command line as a user does, in a process of its own. Returns what `--json` printed, the wall clock from
 * start to end in milliseconds, and the most memory that was resident, in MiB.
 */
export async function command(args) {
  const folder = mkdtempSync(join(tmpdir(), 'arbeidsindikator-peak-'));
  const peak = join(folder, 'peak');
  try {
    const started = performance.now();
    const child = spawn(process.execPath, ['--import', new URL('peak-memory.mjs', import.meta.url).href, join(root, 'bin', 'arbeidsindikator.js'), ...args, '--json', '--quiet'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, PEAK_MEMORY_FILE: peak },
    });
    let printed = '';
    for await (const chunk of child.stdout) printed += chunk;
    const code = child.exitCode ?? (await new Promise((resolve) => child.once('exit', resolve)));
    const milliseconds = performance.now() - started;
    if (code !== 0) throw new Error(`arbeidsindikator ${args.join(' ')} ended with ${code}: ${printed}`);
    return { summary: JSON.parse(printed), milliseconds, peakMiB: existsSync(peak) ? Math.round(Number(readFileSync(peak, 'utf8')) / 1024) : null };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** `--rows 2000000 --rounds 3` as numbers, over what they are without them. */
export function numberFlags(defaults) {
  const flags = { ...defaults };
  const args = process.argv.slice(2);
  for (let i = 0; i < args.length; i += 2) {
    const name = args[i].replace(/^--/, '');
    const value = Number(args[i + 1]);
    if (!(name in defaults) || !Number.isSafeInteger(value) || value < 1) {
      console.error(`Usage: ${Object.keys(defaults).map((flag) => `[--${flag} N]`).join(' ')}`);
      process.exit(2);
    }
    flags[name] = value;
  }
  return flags;
}
