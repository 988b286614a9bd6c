import type { Catalogue } from '../catalogue.ts';
import type { comparison as english } from '../en/comparison.ts';
import { counted } from '../words.ts';

export const comparison: Pick<Catalogue, keyof typeof english> = {
  'spec.difference-needs-covariance': ({ estimates }) =>
    `En forskjell mellom to av disse ${estimates} estimatene krever at det er kjent hvordan de varierer sammen, og det sier ikke standardfeilene; velg analytiske intervaller, som har det med.`,
  'spec.xmr-overlap': ({ horizon, close, steps, from, to }) =>
    `XmR-grenser krever punkter med utfall som ikke overlapper i tid: et utfall ${counted(horizon, 'måned', 'måneder')} fram tillater hver ${horizon}. måned, i rekkefølge, og ${close} av ${steps} steg er kortere (det første fra ${from} til ${to}); ta hver ${horizon}. måned.`,
  'spec.xmr-not-a-month': ({ text, example }) => `XmR-grenser er for måneder som ${example}, og «${text}» er ingen; en lengre periode overlapper med utfallene i den neste.`,
  'spec.xmr-rebase': ({ unknown, points }) => `XmR-grenser kan regnes på nytt fra en måned i serien: ${unknown.join(', ')} er ikke blant de ${points} punktene.`,
  'data.xmr-missing': ({ missing, months, first }) =>
    `XmR-grenser krever en verdi i hver måned: ${missing} av ${counted(months, 'måned', 'måneder')} mangler (den første er ${first}); utelat dem.`,
  'data.shrinkage-units': ({ units, all }) =>
    `Krymping krever minst to enheter med estimat og standardfeil: ${units} av ${all} har begge; ta med flere enheter.`,
  'not-estimable.shrinkage': ({ units, tau2, steps }) => `Krymping: tau² for ${counted(units, 'enhet', 'enheter')} falt ikke til ro på ${steps} steg; den var ${tau2}.`,
};
