import type { Catalogue } from '../catalogue.ts';
import type { periods as english } from '../en/periods.ts';

export const periods: Pick<Catalogue, keyof typeof english> = {
  'usage.pooled-months': () =>
    '--pooled sier hvordan perioder lages av måneder, og tabellene er månedlige: gi --period eller --compare også, eller utelat det.',
  'usage.means-of-two-kinds': ({ pooled, unweighted }) =>
    `Periodene i ${pooled} er snitt over rader (--pooled), de i ${unweighted} er uveide snitt av måneder: kjør den ene på nytt som den andre.`,
};
