/** Of a run as a whole. */
export const run = {
  'interrupted.cancelled': (_: object) => 'The run was cancelled.',
};
