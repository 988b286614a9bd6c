import type { Catalogue } from '../catalogue.ts';
import type { periods as english } from '../en/periods.ts';

export const periods: Pick<Catalogue, keyof typeof english> = {
  'usage.pooled-months': () =>
    '--pooled sier hvordan perioder lages av måneder, og tabellene er månedlige: gi --period eller --compare også, eller utelat det.',
  'usage.means-of-two-kinds': ({ pooled, unweighted }) =>
    `Periodene i ${pooled} er snitt over rader (--pooled), de i ${unweighted} er uveide snitt av måneder: kjør den ene på nytt som den andre.`,
  'usage.against-unknown': ({ against, nearest, by }) =>
    `--against: «${against}» er verken whole eller pairs, og ingen gruppe eller kolonne i ${by.join(', ')}${nearest === null ? '.' : `; mente du «${nearest}»?`} Gi en gruppe, som i Oslo eller county=Oslo, eller en kolonne som gruppene er deler etter.`,
  'warning.pairs-left-out': ({ outcome, by, pairs }) =>
    `${outcome} etter ${by}: ${pairs} par av grupper har for mange ulike måneder til å holdes mot hverandre, og er utelatt.`,
};
