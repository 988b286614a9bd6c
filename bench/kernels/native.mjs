import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('rows.c', import.meta.url));

/** rows.c for n rows, compiled and waiting; null where there is no gcc. `ask` gives what it answers to a line. */
export async function openNative(n, levels, coefficients) {
  const folder = mkdtempSync(join(tmpdir(), 'kernel-rows-'));
  try {
    const lists = Object.entries(coefficients).map(([name, list]) => `static const double ${name}[] = {${list.join(', ')}};\n`);
    writeFileSync(join(folder, 'coefficients.h'), `static const int LEVELS[COMPOSITES] = {${levels.join(', ')}};\n${lists.join('')}`);
    const program = join(folder, 'rows');
    try {
      execFileSync('gcc', ['-O3', '-march=native', `-I${folder}`, '-o', program, source, '-lm'], { stdio: ['ignore', 'ignore', 'ignore'] });
    } catch {
      return null;
    }
    const child = spawn(program, [String(n)], { stdio: ['pipe', 'pipe', 'inherit'] });
    const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const ask = async (line) => {
      child.stdin.write(`${line}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error('the C program has ended');
      return JSON.parse(value);
    };
    await ask('results');
    return { ask, close: async () => (child.stdin.end(), once(child, 'exit')) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
