import type { Catalogue } from '../catalogue.ts';
import type { comparison as english } from '../en/comparison.ts';
import { counted } from '../words.ts';

export const comparison: Pick<Catalogue, keyof typeof english> = {
  'spec.difference-needs-covariance': ({ estimates }) =>
    `Ein skilnad mellom to av desse ${estimates} estimata krev at det er kjent korleis dei varierer saman, og det seier ikkje standardfeila; vel analytiske intervall, som har det med.`,
  'spec.xmr-overlap': ({ horizon, close, steps, from, to }) =>
    `XmR-grenser krev punkt med utfall som ikkje overlappar i tid: eit utfall ${counted(horizon, 'månad', 'månader')} fram tillèt kvar ${horizon}. månad, i rekkjefølgje, og ${close} av ${steps} steg er kortare (det første frå ${from} til ${to}); ta kvar ${horizon}. månad.`,
  'spec.xmr-not-a-month': ({ text, example }) => `XmR-grenser er for månader som ${example}, og «${text}» er ingen; ein lengre periode overlappar med utfalla i den neste.`,
  'spec.xmr-rebase': ({ unknown, points }) => `XmR-grenser kan reknast på nytt frå ein månad i serien: ${unknown.join(', ')} er ikkje blant dei ${points} punkta.`,
  'data.xmr-missing': ({ missing, months, first }) =>
    `XmR-grenser krev ein verdi i kvar månad: ${missing} av ${counted(months, 'månad', 'månader')} manglar (den første er ${first}); utelat dei.`,
  'data.shrinkage-units': ({ units, all }) =>
    `Krymping krev minst to einingar med estimat og standardfeil: ${units} av ${all} har begge; ta med fleire einingar.`,
  'not-estimable.shrinkage': ({ units, tau2, steps }) => `Krymping: tau² for ${counted(units, 'eining', 'einingar')} fall ikkje til ro på ${steps} steg; han var ${tau2}.`,
};
