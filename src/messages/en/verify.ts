/** Of built-in specs, and of runs that are checked. */
export const verify = {
  'usage.not-built-in': ({ name, names, near }: { name: string; names: readonly string[]; near: string | null }) =>
    `No model "${name}" is built in. ${near === null ? `There are ${names.join(' and ')}.` : `Did you mean "${near}"?`}`,
};
