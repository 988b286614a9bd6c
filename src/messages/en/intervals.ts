import { counted } from '../words.ts';

/** Of intervals, and of the options of methods that draw. */
export const intervals = {
  'usage.draw-without-draws': ({ interval }: { interval: string }) =>
    `Multinomial draws are of methods that draw, and intervals by ${interval} draw nothing: choose score or bootstrap, or leave them out.`,
  'usage.refit-without-bootstrap': ({ interval }: { interval: string }) =>
    `A full refit is of the bootstrap, and intervals by ${interval} estimate nothing again: choose bootstrap, or leave it out.`,
  'usage.percentiles-without-draws': ({ interval }: { interval: string }) =>
    `Ends by percentiles are of replicates, and intervals by ${interval} draw none: choose score or bootstrap, or normal ends.`,
  'usage.too-few-replicates': ({ level, replicates, fewest }: { level: number; replicates: number; fewest: number }) =>
    `Ends of a ${level} % interval by percentiles take ${counted(fewest, 'replicate', 'replicates')} at least, and there ${replicates === 1 ? 'is' : 'are'} ${replicates}: draw more, choose a lower level, or take normal ends.`,
  'usage.unlucky-seed': ({ replicate, units }: { replicate: number; units: number }) =>
    `Replicate ${replicate} of ${counted(units, 'draw', 'draws')} cannot be told to its last draw: choose another seed.`,
  'usage.separate-intervals': ({ interval, outcome, population }: { interval: string; outcome: string; population: string }) =>
    `${outcome} (${population}): intervals by ${interval} and comparisons are not there for separate populations, since a person may be in several of them. Choose the intervals outcome or residual.`,
};
