// The app itself on fewer rows, with its workers within reach.
import '../../../web/theme.css';
import '../../../web/app-view.ts';
import type { AppView } from '../../../web/app-view.ts';
import { resultDigest, resultFiles } from '../../../src/results/result-files.ts';
import type { Engine } from '../../../web/engine.ts';
import { openEngine } from '../../../web/open-engine.ts';

/** Put before an engine's own script, so that its workers can be ended from here. */
const reach = `
  const started = [];
  const Real = self.Worker;
  self.Worker = class extends Real { constructor(...args) { super(...args); started.push(this); } };
  new BroadcastChannel('kill a row worker').onmessage = ({ data }) => started.at(-1 - data).terminate();`;
const module = (text: string): string => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));

let newest: Worker | null = null;
const RealWorker = window.Worker;
window.Worker = class extends RealWorker {
  constructor(address: string | URL, options?: WorkerOptions) {
    const isEngine = String(address).includes('engine-worker');
    super(isEngine ? module(`import ${JSON.stringify(module(reach))}; import ${JSON.stringify(new URL(address, location.href).href)};`) : address, options);
    if (isEngine) newest = this;
  }
};

const real = openEngine({ workers: 2 });
let digest: string | null = null;
const run: Engine['run'] = async (request, signal, onProgress) => {
  digest = null;
  const result = await real.run({ ...request, source: { kind: 'synthetic', rows: 20_000, seed: 7 } }, signal, onProgress);
  digest = await resultDigest(resultFiles(result));
  return result;
};

const app = document.createElement('arbeid-app') as AppView;
app.engine = { ...real, run };
document.body.append(app);

const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));
const data = (): ShadowRoot | null | undefined => app.shadowRoot?.querySelector('arbeid-data')?.shadowRoot;
/** What the app says is wrong. */
const error = (): string | null => data()?.querySelector('arbeid-error')?.shadowRoot?.querySelector('[role=alert]')?.textContent?.replace(/\s+/g, ' ').trim() ?? null;

/** The digest of the run that the app shows next. */
async function next(): Promise<string> {
  for (;;) {
    if (digest !== null && error() === null) return digest;
    await pause(20);
  }
}

/** Begins again as a person does who reads what went wrong. */
function again(): void {
  digest = null;
  data()!.querySelector('arbeid-error')!.querySelector('button')!.click();
}

/** Begins a run with other options, and waits until so many workers live. */
async function begin(workers: number): Promise<void> {
  digest = null;
  (app as unknown as { start(request: unknown): void; request: unknown }).start({ ...(app as unknown as { request: object }).request });
  for (;;) {
    if (((await navigator.locks.query()).held ?? []).length >= workers) return;
    await pause(5);
  }
}

/** Ends a worker; what the app says of it. */
async function kill(which: 'engine' | number): Promise<string> {
  if (which === 'engine') newest!.terminate();
  else new BroadcastChannel('kill a row worker').postMessage(which);
  for (let tries = 0; error() === null && tries < 12_000; tries++) await pause(5);
  return error() ?? 'nothing';
}

Object.assign(window, { kills: { next, again, begin, kill, pause } });
