import type { Catalogue } from '../catalogue.ts';
import type { periods as english } from '../en/periods.ts';

export const periods: Pick<Catalogue, keyof typeof english> = {
  'usage.pooled-months': () =>
    '--pooled seier korleis periodar blir laga av månader, og tabellane er månadlege: gi --period eller --compare òg, eller lat henne vere.',
  'usage.means-of-two-kinds': ({ pooled, unweighted }) =>
    `Periodane i ${pooled} er snitt over rader (--pooled), dei i ${unweighted} er uvegne snitt av månader: køyr den eine på nytt som den andre.`,
};
