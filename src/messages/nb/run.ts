import type { Catalogue } from '../catalogue.ts';
import type { run as english } from '../en/run.ts';

export const run: Pick<Catalogue, keyof typeof english> = {
  'interrupted.cancelled': () => 'Kjøringen ble avbrutt.',
};
