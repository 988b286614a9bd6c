import { counted } from '../words.ts';

/** Of bundles. */
export const bundle = {
  'data.no-bundle': ({ reason }: { reason: 'not-arrow' | 'no-version' }) =>
    reason === 'not-arrow' ? 'This is no bundle: it does not begin as an Arrow file does.' : 'This Arrow file is no bundle: it does not say which version of bundles it is.',
  'data.bundle-cut-off': ({ bytes }: { bytes: number }) =>
    `The bundle is cut off: after ${counted(bytes, 'byte', 'bytes')} the end of the Arrow file has not come. Fetch or write it again.`,
  'data.bundle-version': ({ found, version }: { found: string; version: number }) =>
    `The bundle is of version ${found}, and this engine reads version ${version}. Write it again with this engine.`,
  'data.bundle-damaged': ({ detail }: { detail: string }) => `The bundle is damaged: ${detail}. Fetch or write it again.`,
  'memory.bundle': ({ values, most }: { values: number; most: number }) =>
    `The bundle would hold ${counted(values, 'value', 'values')} of one type; at most ${most} are possible. Keep fewer breakdowns.`,
};
