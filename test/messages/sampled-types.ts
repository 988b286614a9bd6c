import type { Samples } from '../support/message-types.ts';

/** Samples of arguments whose types have a name. */
export const sampledTypes: Readonly<Record<string, Samples>> = {
  NestedNote: [
    { outcome: '‹outcome›', population: '', note: { code: 'warning.what-if-nothing-kept', args: {} } },
    { outcome: '‹outcome›', population: '‹population›', note: { code: 'warning.what-if-empty-cells', args: { cells: 2 } } },
  ],
};
