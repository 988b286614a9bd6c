// Chromium as the tests find it, with the memory of its processes.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { runnerImport } from 'vite';

export async function openChromium() {
  const { module } = await runnerImport(fileURLToPath(new URL('../../test/support/chromium.ts', import.meta.url)));
  const browser = await chromium.launch(module.findChromium());
  return {
    browser,
    version: `Chromium ${browser.version()}`,
    close: () => browser.close(),
    /** Most memory that the largest process of a page had resident, in MiB: page and workers together. Null where the system does not tell. */
    async peakMiB() {
      const session = await browser.newBrowserCDPSession();
      const { processInfo } = await session.send('SystemInfo.getProcessInfo');
      await session.detach();
      const peaks = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => peakOf(id));
      return peaks.some((peak) => peak === null) ? null : Math.max(...peaks);
    },
  };
}

function peakOf(pid) {
  try {
    return Math.round(Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024);
  } catch {
    return null;
  }
}
