import { expose, type Endpoint } from 'comlink';
import type { RegisterAssets } from '../register/assets.ts';
import { carryErrors, transferRows } from './comlink-handlers.ts';
import { RowWorker } from './row-worker.ts';

/** The far end: answers the pool at the other side of `endpoint`. */
export function serve(endpoint: Endpoint, assets: RegisterAssets): void {
  carryErrors();
  transferRows();
  expose(new RowWorker(assets), endpoint);
}
