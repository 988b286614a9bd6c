import { rankTolerance, restrict, type Factorize } from '../estimate/cholesky.ts';

/** Hessian (p × p) and score of one replicate at β̂ + its change. */
export interface WeightedScore {
  readonly hessian: Float64Array;
  readonly score: Float64Array;
}

/** A replicate's estimate as a change of β̂; columns that have lost theirs in it, for want of weight, are not kept. */
export interface ReplicateEstimate {
  readonly change: Float64Array;
  readonly kept: Uint8Array;
  /** False where it has not been reached. */
  readonly reached: boolean;
}

export interface RefitRequest {
  /** 1 where the column has an estimate. */
  readonly kept: Uint8Array;
  readonly factorize: Factorize;
  /** A pass for all replicates together, null for those that need none. */
  pass(changes: readonly (Pick<ReplicateEstimate, 'change' | 'kept'> | null)[]): Promise<readonly WeightedScore[]>;
}

/** One Newton step from β̂. The rank is the replicate's own. */
export function oneStep({ hessian, score }: WeightedScore, kept: Uint8Array, factorize: Factorize): ReplicateEstimate {
  const factor = factorize(restrict(hessian, kept), kept.length, rankTolerance);
  return { change: factor.solve(score), kept: factor.kept, reached: true };
}

/** As many passes as an estimate has at most. */
const maxPasses = 50;
/** A step of this length, in standard errors along it, is the last: what Newton's method leaves after it is of the order of its square. */
const lastStep = 1e-6;

interface Lane extends ReplicateEstimate {
  readonly done: boolean;
  readonly step: Float64Array;
  /** Slope of the log-likelihood along the step, where it starts. */
  readonly slope: number;
  /** How much of the step was taken. */
  readonly share: number;
}

/**
 * Maximum likelihood with each replicate's weights by Newton's method from β̂, the observed Hessian anew in every pass. The log-likelihood
 * is concave: a step after which it falls more steeply than it rose before went too far, and is halved. Where a replicate's weights separate
 * a level, its steps shrink with its expected values, which end within 10⁻¹⁰ or so of their limit.
 */
export async function refitReplicates(first: readonly WeightedScore[], { kept, factorize, pass }: RefitRequest): Promise<ReplicateEstimate[]> {
  let lanes = first.map((at): Lane => {
    const { change, ...estimate } = oneStep(at, kept, factorize);
    const slope = dot(at.score, change);
    return { ...estimate, change, step: change, slope, share: 1, done: Math.sqrt(slope) <= lastStep };
  });
  for (let passes = 1; passes < maxPasses && lanes.some(({ done }) => !done); passes++) {
    const found = await pass(lanes.map((lane) => (lane.done ? null : lane)));
    lanes = lanes.map((lane, b) => (lane.done ? lane : nextStep(lane, found[b]!, factorize)));
  }
  return lanes.map(({ change, kept: own, done }) => ({ change, kept: own, reached: done }));
}

function nextStep(lane: Lane, { hessian, score }: WeightedScore, factorize: Factorize): Lane {
  const added = (step: Float64Array, share: number): Float64Array => lane.change.map((value, j) => value + share * step[j]!);
  if (dot(score, lane.step) < -lane.slope) {
    const share = lane.share / 2;
    return { ...lane, share, change: added(lane.step, -share) };
  }
  // A direction without information is one along which the likelihood is as good as at its limit: the estimate stays there.
  const step = factorize(restrict(hessian, lane.kept), lane.kept.length, rankTolerance).solve(score);
  const slope = dot(score, step);
  return { ...lane, change: added(step, 1), step, slope, share: 1, done: Math.sqrt(Math.max(0, slope)) <= lastStep };
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, j) => sum + value * b[j]!, 0);
