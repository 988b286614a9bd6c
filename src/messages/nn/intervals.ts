import type { Catalogue } from '../catalogue.ts';
import type { intervals as english } from '../en/intervals.ts';
import { counted } from '../words.ts';

export const intervals: Pick<Catalogue, keyof typeof english> = {
  'usage.draw-without-draws': ({ interval }) =>
    `Multinomiske trekkingar høyrer til metodar som trekkjer, og intervall etter ${interval} trekkjer ingenting: vel score eller bootstrap, eller utelat dei.`,
  'usage.refit-without-bootstrap': ({ interval }) =>
    `Full ny berekning høyrer til bootstrap, og intervall etter ${interval} bereknar ingenting på nytt: vel bootstrap, eller utelat henne.`,
  'usage.percentiles-without-draws': ({ interval }) =>
    `Endepunkt frå persentilar krev trekkingar, og intervall etter ${interval} trekkjer ingen: vel score eller bootstrap, eller normale endepunkt.`,
  'usage.too-few-replicates': ({ level, replicates, fewest }) =>
    `Endepunkta i eit ${level} %-intervall frå persentilar krev minst ${counted(fewest, 'trekking', 'trekkingar')}, og det er ${replicates}: trekk fleire, vel eit lågare nivå, eller ta normale endepunkt.`,
  'usage.unlucky-seed': ({ replicate, units }) => `Trekking ${replicate} på ${units} enkelttrekk kan ikkje følgjast til det siste trekket: vel eit anna startfrø.`,
  'usage.separate-intervals': ({ interval, outcome, population }) =>
    `${outcome} (${population}): intervall etter ${interval} og samanlikningar finst ikkje for skilde folkesetnader, sidan ein person kan vere i fleire av dei. Vel intervalla outcome eller residual.`,
};
