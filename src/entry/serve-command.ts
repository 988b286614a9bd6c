import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { EngineError } from '../errors.ts';
import { tell } from './console.ts';
import { interruptible } from './interrupt.ts';
import { wholeNumber } from './option-parsers.ts';
import { packageRoot } from './package-root.ts';
import { serveFolder } from './static-server.ts';

interface ServeFlags {
  readonly port?: number;
  readonly open: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const firstPort = 8080;
const portsTried = 100;

function hasDisplay(): boolean {
  if (process.platform === 'darwin' || process.platform === 'win32') return true;
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

function openBrowser(url: string): void {
  const [command, ...args] =
    process.platform === 'darwin' ? ['open', url] : process.platform === 'win32' ? ['cmd', '/c', 'start', '', url] : ['xdg-open', url];
  // Without a browser to open, the address printed is enough.
  spawn(command, args, { detached: true, stdio: 'ignore' }).on('error', () => {}).unref();
}

async function serve(flags: ServeFlags): Promise<void> {
  const root = join(packageRoot, 'dist', 'web');
  if (!existsSync(join(root, 'index.html'))) {
    throw new EngineError('internal.app-not-built', {});
  }
  const next = Array.from({ length: portsTried }, (_, k) => firstPort + k);
  const server = await serveFolder(root, flags.port === undefined ? next : [flags.port]);
  process.stdout.write(flags.json ? `${JSON.stringify({ command: 'serve', url: server.url })}\n` : `${server.url}\n`);
  if (!flags.quiet) tell('Serving the app from local files; Ctrl-C ends it.\n');
  if (flags.open && process.stdout.isTTY && hasDisplay()) openBrowser(server.url);
  await interruptible((signal) => new Promise<void>((done) => signal.addEventListener('abort', () => done(), { once: true })));
  await server.close();
  throw new EngineError('interrupted.stopped-serving', {});
}

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('serve the web app on 127.0.0.1, from local files only, until interrupted')
    .option('--port <port>', `port; without it the first free one from ${firstPort}`, wholeNumber(0, 65535))
    .option('--no-open', 'do not open a browser')
    .option('--json', 'print the address as JSON')
    .option('--quiet', 'nothing on stderr but errors')
    .action((flags: ServeFlags) => serve(flags));
}
