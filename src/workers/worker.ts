import { expose, transfer, type Endpoint } from 'comlink';
import type { RegisterAssets } from '../register/assets.ts';
import { carryErrors, transferRows } from './comlink-handlers.ts';
import { tableBuffers, type KeepOptions, type MonthTables } from './keep-pass.ts';
import { RowWorker } from './row-worker.ts';

/** The far end: answers the pool at the other side of `endpoint`. */
export function serve(endpoint: Endpoint, assets: RegisterAssets): void {
  carryErrors();
  transferRows();
  expose(new ServedWorker(assets), endpoint);
}

/** Hands its largest tables over in the place of a copy. */
class ServedWorker extends RowWorker {
  override async keepMonths(sample: number, options: KeepOptions): Promise<MonthTables[]> {
    const months = await super.keepMonths(sample, options);
    return transfer(months, tableBuffers(months));
  }
}
