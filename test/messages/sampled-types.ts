import type { Samples } from '../support/message-types.ts';

/** Samples of arguments whose types have a name. */
export const sampledTypes: Readonly<Record<string, Samples>> = {};
