/** One thing wrong with a spec. `path` says where: `covariates[3].breaks[2]`; empty for the spec as a whole. */
export interface Fault {
  readonly path: string;
  readonly message: string;
}

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
