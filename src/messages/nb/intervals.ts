import type { Catalogue } from '../catalogue.ts';
import type { intervals as english } from '../en/intervals.ts';
import { counted } from '../words.ts';

export const intervals: Pick<Catalogue, keyof typeof english> = {
  'usage.draw-without-draws': ({ interval }) =>
    `Multinomiske trekninger hører til metoder som trekker, og intervaller etter ${interval} trekker ingenting: velg score eller bootstrap, eller utelat dem.`,
  'usage.refit-without-bootstrap': ({ interval }) =>
    `Full ny beregning hører til bootstrap, og intervaller etter ${interval} beregner ingenting på nytt: velg bootstrap, eller utelat den.`,
  'usage.percentiles-without-draws': ({ interval }) =>
    `Endepunkter fra persentiler krever trekninger, og intervaller etter ${interval} trekker ingen: velg score eller bootstrap, eller normale endepunkter.`,
  'usage.too-few-replicates': ({ level, replicates, fewest }) =>
    `Endepunktene i et ${level} %-intervall fra persentiler krever minst ${counted(fewest, 'trekning', 'trekninger')}, og det er ${replicates}: trekk flere, velg et lavere nivå, eller ta normale endepunkter.`,
  'usage.unlucky-seed': ({ replicate, units }) => `Trekning ${replicate} på ${units} enkelttrekk kan ikke følges til det siste trekket: velg et annet startfrø.`,
  'usage.separate-intervals': ({ interval, outcome, population }) =>
    `${outcome} (${population}): intervaller etter ${interval} og sammenligninger finnes ikke for adskilte befolkninger, siden en person kan være i flere av dem. Velg intervallene outcome eller residual.`,
};
