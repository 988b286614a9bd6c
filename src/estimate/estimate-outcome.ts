import { EngineError } from '../errors.ts';
import { nameOf, type Estimate, type EstimateRequest } from './estimate.ts';
import { estimateGaussian } from './estimate-gaussian.ts';
import { estimateProbit } from './estimate-probit.ts';

/** Estimates one outcome on one sample. */
export async function estimateOutcome(request: EstimateRequest): Promise<Estimate> {
  if (request.gram.n === 0) {
    throw new EngineError('not-estimable.no-row', { outcome: nameOf(request) });
  }
  return request.family === 'gaussian' ? estimateGaussian(request) : estimateProbit(request);
}
