import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const bin = fileURLToPath(new URL('../../bin/arbeidsindikator.js', import.meta.url));

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command in a folder, with `input` on its standard input. */
export function runCommand(cwd: string, args: readonly string[], input: string | Uint8Array = ''): Promise<Ended> {
  return new Promise((done) => {
    const child = execFile(process.execPath, [bin, ...args], { cwd, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      done({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, stdout, stderr });
    });
    // A command that does not read it may have closed it.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}
