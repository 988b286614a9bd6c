import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What Playwright needs to start the browser; nothing that weakens web security. */
export interface Browser {
  readonly executablePath: string;
  readonly args: string[];
  readonly env: Record<string, string>;
  /** Milliseconds: it only catches a browser that never starts. */
  readonly timeout: number;
}

/**
 * The Chromium that tests run in: `CHROMIUM_PATH`, else an installed Chrome or Chromium, else (Linux on x64) the one
 * that comes with the development dependencies.
 */
export function findChromium(): Browser {
  const given = process.env['CHROMIUM_PATH'];
  if (given) {
    if (!existsSync(given)) throw new Error(`CHROMIUM_PATH is ${given}, and there is no such file.`);
    return browser(given);
  }
  const installed = candidates().find(runs);
  if (installed) return browser(installed);
  if (process.platform === 'linux' && process.arch === 'x64') return packagedChromium();
  throw new Error('No Chrome or Chromium was found. Install one, or put the path of one in CHROMIUM_PATH.');
}

function browser(executablePath: string, env: Record<string, string> = {}): Browser {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { executablePath, args: ['--no-sandbox'], env: { ...Object.fromEntries(inherited), ...env }, timeout: 180_000 };
}

function candidates(): string[] {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (process.platform === 'win32') {
    return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
      .flatMap((name) => process.env[name] ?? [])
      .map((folder) => join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'));
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser'].flatMap((name) =>
    folders.map((folder) => join(folder, name)),
  );
}

/** Some systems have a `chromium-browser` that only says how to install one, so it has to answer. */
function runs(path: string): boolean {
  if (!existsSync(path)) return false;
  if (process.platform === 'win32') return true;
  return spawnSync(path, ['--version'], { timeout: 60_000, stdio: 'ignore' }).status === 0;
}

/** The package takes whatever lies in its temporary folder for itself, so it gets a folder that names the version. */
function packagedChromium(): Browser {
  const packageFile = fileURLToPath(import.meta.resolve('@sparticuz/chromium')).replace(/build.*$/, 'package.json');
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string };
  const folder = join(tmpdir(), `arbeidsindikator-chromium-${version}-${userInfo().username}`);
  if (!existsSync(join(folder, 'chromium'))) unpack(folder);
  const libraries = [join(folder, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH'] ?? ''].filter((path) => path !== '');
  return browser(join(folder, 'chromium'), {
    LD_LIBRARY_PATH: libraries.join(delimiter),
    FONTCONFIG_PATH: join(folder, 'fonts'),
  });
}

/** Unpacks beside the folder and moves it into place, so that two runs at once never see half a browser. */
function unpack(folder: string): void {
  mkdirSync(tmpdir(), { recursive: true });
  const staging = mkdtempSync(`${folder}-`);
  const script = `import('@sparticuz/chromium').then((module) => module.default.executablePath())`;
  const child = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, TMPDIR: staging, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
    encoding: 'utf8',
  });
  if (child.status !== 0) {
    rmSync(staging, { recursive: true, force: true });
    throw new Error(`The packaged Chromium could not be unpacked into ${folder}: ${child.stderr}`);
  }
  writeFileSync(join(staging, 'fonts', 'fonts.conf'), fontConfiguration(folder));
  try {
    renameSync(staging, folder);
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    if (!existsSync(join(folder, 'chromium'))) throw error;
  }
}

/** The package's own looks in places that are not these, and without a font any form field ends the page. */
const fontConfiguration = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
  <config></config>
</fontconfig>
`;
