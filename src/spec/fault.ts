import type { specFaults } from '../messages/en/spec-faults.ts';

export type FaultCode = keyof typeof specFaults;
export type FaultArgs<C extends FaultCode> = Parameters<(typeof specFaults)[C]>[0];

/** What is wrong, without where. */
export type FaultMessage = { readonly [C in FaultCode]: { readonly code: C; readonly args: FaultArgs<C> } }[FaultCode];

/** One thing wrong with a spec. `path` says where: `covariates[3].breaks[2]`; empty for the spec as a whole. */
export type Fault = FaultMessage & { readonly path: string };

const plainKey = /^[A-Za-z_$][\w$]*$/;

export function formatPath(keys: readonly unknown[]): string {
  let path = '';
  for (const key of keys) {
    if (typeof key === 'number') path += `[${key}]`;
    else if (plainKey.test(String(key))) path += path === '' ? String(key) : `.${String(key)}`;
    else path += `[${JSON.stringify(String(key))}]`;
  }
  return path;
}

/** A message as the schema's library carries it: text. */
export const said = (message: FaultMessage): string => JSON.stringify(message);

/** What `said` made; null for a text of the library's own. */
export const heard = (text: string): FaultMessage | null => (text.startsWith('{') ? (JSON.parse(text) as FaultMessage) : null);
