import type { Catalogue } from '../catalogue.ts';
import type { periods as english } from '../en/periods.ts';

export const periods: Pick<Catalogue, keyof typeof english> = {
  'usage.pooled-months': () =>
    '--pooled seier korleis periodar blir laga av månader, og tabellane er månadlege: gi --period eller --compare òg, eller lat henne vere.',
  'usage.means-of-two-kinds': ({ pooled, unweighted }) =>
    `Periodane i ${pooled} er snitt over rader (--pooled), dei i ${unweighted} er uvegne snitt av månader: køyr den eine på nytt som den andre.`,
  'usage.against-unknown': ({ against, nearest, by }) =>
    `--against: «${against}» er verken whole eller pairs, og inga gruppe eller kolonne i ${by.join(', ')}${nearest === null ? '.' : `; meinte du «${nearest}»?`} Gi ei gruppe, som i Oslo eller county=Oslo, eller ei kolonne som gruppene er delar etter.`,
  'warning.pairs-left-out': ({ outcome, by, pairs }) =>
    `${outcome} etter ${by}: ${pairs} par av grupper har for mange ulike månader til å haldast mot kvarandre, og er utelatne.`,
};
