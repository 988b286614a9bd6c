/** Of synthetic populations. */
export const synthetic = {
  'usage.synthetic-rows': ({ rows, least, most }: { rows: number; least: number; most: number }) =>
    `rows is ${rows}; a synthetic population has from ${least} to ${most}.`,
  'usage.synthetic-seed': ({ name, value, most }: { name: string; value: number; most: number }) => `${name} is ${value}; give a whole number from 0 to ${most}.`,
};
