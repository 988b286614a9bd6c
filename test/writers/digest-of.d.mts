export const fixtures: URL;
/** `pool`: of the built engine. */
export function digestOf(pool: object, paths: readonly string[]): Promise<{ readonly digest: string; readonly rows: number }>;
