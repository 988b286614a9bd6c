import { counted } from '../words.ts';

/** Of descriptive tables. */
export const descriptive = {
  'data.not-described': ({ missing, present }: { missing: readonly string[]; present: readonly string[] }) =>
    `${counted(missing.length, 'column is', 'columns are')} missing: ${missing.join(', ')}. The table has: ${present.join(', ')}. Add ${missing.length === 1 ? 'it' : 'them'}.`,
  'data.too-many-groups': ({ groups, most }: { groups: number; most: number }) =>
    `A breakdown has ${counted(groups, 'group', 'groups')}; the most that can be described is ${most}. Break down by a column with fewer.`,
};
