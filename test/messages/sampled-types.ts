import type { Samples } from '../support/message-types.ts';

/** Samples of arguments whose types have a name. */
export const sampledTypes: Readonly<Record<string, Samples>> = {
  ShownRow: [
    { row: 3, value: '‹value›' },
    { row: 4, value: null },
  ],
  NestedSpecFault: [
    { path: '', code: 'fault.missing', args: {} },
    { path: '‹path›', code: 'fault.label-twice', args: { label: '‹label›' } },
  ],
  NestedRowFault: [
    { code: 'fault.no-month', column: null, args: { count: 1, first: [{ row: 3, value: null }] } },
    { code: 'fault.not-a-number', column: '‹column›', args: { count: 2, first: [{ row: 3, value: '‹value›' }] } },
  ],
  NestedNote: [
    { outcome: '‹outcome›', population: '', note: { code: 'warning.what-if-nothing-kept', args: {} } },
    { outcome: '‹outcome›', population: '‹population›', note: { code: 'warning.what-if-empty-cells', args: { cells: 2 } } },
  ],
};
