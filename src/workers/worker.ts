import { expose, type Endpoint } from 'comlink';
import type { RegisterAssets } from '../register/assets.ts';
import { carryErrors } from './comlink-handlers.ts';
import { RowWorker } from './row-worker.ts';

/** The far end: answers the pool at the other side of `endpoint`. */
export function serve(endpoint: Endpoint, assets: RegisterAssets): void {
  carryErrors();
  expose(new RowWorker(assets), endpoint);
}
