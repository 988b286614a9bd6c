import { arrivalLaw, drawStops, type DrawPass } from '../uncertainty/arrival-law.ts';
import { callable, type Pool } from './pool.ts';
import type { PassHooks } from './sample-passes.ts';
import type { SampleSize } from './sum-places.ts';

/** The pass over all clusters of a coded sample that multinomial draws take beforehand. */
export function drawPasses(pool: Pool, sample: number, { size, hooks }: { size: SampleSize; hooks: PassHooks }): DrawPass {
  return {
    async drawStops(request) {
      const law = arrivalLaw(request.cluster === 'person' ? size.clusters : size.rows);
      const parts = await pool.all((worker) => worker.arrivals(sample, { ...request, law }, callable(hooks.onRows)), hooks.signal);
      return drawStops(parts, law, request.first);
    },
  };
}
