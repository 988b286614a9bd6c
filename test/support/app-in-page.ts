import '../../web/app-view.ts';
import type { AppView } from '../../web/app-view.ts';
import type { Engine } from '../../web/engine.ts';
import '../../web/theme.css';
import { exampleComparison, examplePair } from './compared-units.ts';
import { eventually } from './eventually.ts';
import { exampleEffects, exampleResult, exampleXmr } from './run-result.ts';

/** An engine that answers at once with the example. */
export const exampleEngine: Engine = {
  run: (request) => Promise.resolve(exampleResult(request.spec)),
  compare: (result, comparison) => Promise.resolve(exampleComparison(result, comparison)),
  pair: (result, pair) => Promise.resolve(examplePair(result, pair)),
  xmr: (result, series) => Promise.resolve(exampleXmr(result, series)),
  effects: (result, outcome) => Promise.resolve(exampleEffects(result, outcome)),
  describe: () => Promise.resolve({ columns: [{ name: 'person_id', type: 'text' }, { name: 'county', type: 'text' }], rows: 12 }),
  openBundle: () => notThere('bundle'),
  keep: () => Promise.resolve({ outcomes: [] }),
  ask: () => notThere('sums'),
  saveBundle: () => notThere('sums'),
};

const notThere = (what: string): Promise<never> => Promise.reject(new Error(`The example has no ${what}.`));

/** First element that matches `path`, one selector for each shadow root on the way in. */
export function within<T extends Element = HTMLElement>(root: Element, ...path: readonly string[]): T {
  let found: Element = root;
  for (const selector of path) {
    const next = found.shadowRoot?.querySelector(selector);
    if (!next) throw new Error(`${found.localName} has no ${selector}`);
    found = next;
  }
  return found as T;
}

/** Puts the app on the page and waits for its first charts. */
export async function openApp(engine: Engine = exampleEngine): Promise<AppView> {
  const app = document.createElement('arbeid-app') as AppView;
  app.engine = engine;
  document.body.append(app);
  if (engine === exampleEngine) await drawn(app);
  else await app.updateComplete;
  return app;
}

/** Resolves when the charts of the whole have canvases. */
export const drawn = (app: Element): Promise<void> =>
  eventually(() => {
    const charts = [...within(app, 'arbeid-national').shadowRoot!.querySelectorAll('arbeid-chart')];
    if (charts.length === 0) throw new Error('arbeid-national has no arbeid-chart');
    for (const chart of charts) within(chart, 'canvas');
  });

/** Resolves when every element inside has rendered what is new. */
export async function settled(root: Element): Promise<void> {
  await (root as Partial<AppView>).updateComplete;
  for (const element of root.shadowRoot?.querySelectorAll('*') ?? []) if (element.shadowRoot) await settled(element);
}
