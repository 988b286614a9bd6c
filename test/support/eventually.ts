import { vi } from 'vitest';

/** What `check` gives once it throws no more. The deadline only catches what hangs. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, { timeout: 120_000 });
