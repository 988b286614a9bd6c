import { EngineError } from '../errors.ts';
import type { TraceEntry } from './fit.ts';
import { rankTolerance, restrict, type Factorize } from './cholesky.ts';

export type Information = 'observed' | 'expected';

/** One pass over the estimation rows at β. */
export interface ProbitPass {
  readonly logLikelihood: number;
  /** X′s with s = q·φ/Φ(q·η), length p. */
  readonly score: Float64Array;
  /** X′WX with the observed or the expected information as W; p × p row-major. */
  readonly hessian: Float64Array;
}
export type PassAt = (beta: Float64Array, information: Information) => Promise<ProbitPass>;

/** Range of q·x′d over the estimation rows, q = 1 where y = 1 and −1 where y = 0. */
export type SignedRange = (direction: Float64Array) => Promise<{ readonly lowest: number; readonly highest: number }>;

export interface ProbitProblem {
  /** Start, length p; zero where `kept` is. */
  readonly start: Float64Array;
  /** Columns that the rank rule has kept. */
  readonly kept: Uint8Array;
  readonly pass: PassAt;
  readonly signedRange: SignedRange;
  readonly factorize: Factorize;
  /** Name of each column, for messages. */
  readonly columnNames: readonly string[];
  readonly name: string;
}

export interface ProbitEstimate {
  readonly beta: Float64Array;
  /** Inverse of the expected information, p × p. */
  readonly bread: Float64Array;
  readonly score: Float64Array;
  readonly logLikelihood: number;
  readonly trace: readonly TraceEntry[];
}

/** Remaining step, in standard errors, at which the estimate is taken as reached. */
const stepTolerance = 1e-8;
const maxIterations = 50;
/** From here on a step that does not shrink is held to be separation or a failure, and looked into. */
const patience = 12;
/**
 * A step this short, in standard errors, is taken whole: the log-likelihood is all but quadratic there, and what the step
 * gains is under the rounding of the log-likelihood's fixed point.
 */
const shortStep = 0.01;

/**
 * Maximum likelihood by Newton's method with the observed Hessian and step halving. The log-likelihood of a probit is
 * concave, so that a step that raises it is always found; where there is no maximum the columns are separated, and the
 * error names them.
 */
export async function fitProbit(problem: ProbitProblem): Promise<ProbitEstimate> {
  const { kept, pass, factorize } = problem;
  const p = kept.length;
  const trace: TraceEntry[] = [];
  let beta = problem.start;
  let at = await pass(beta, 'observed');
  let halvings = 0;

  for (let iteration = 1; iteration <= maxIterations; iteration++) {
    const factor = factorize(restrict(at.hessian, kept), p, rankTolerance);
    const step = factor.solve(at.score);
    const covariance = factor.inverse();
    let remainingStep = 0;
    let longest = 0;
    for (let j = 0; j < p; j++) {
      if (!factor.kept[j]) continue;
      remainingStep = Math.max(remainingStep, Math.abs(step[j]!) / Math.sqrt(covariance[j * p + j]!));
      longest = Math.max(longest, Math.abs(step[j]!));
    }
    trace.push({ iteration, pass: 'hessian', logLikelihood: at.logLikelihood, remainingStep, halvings });

    const flat = kept.some((keep, j) => keep === 1 && !factor.kept[j]);
    if (flat || (iteration >= patience && longest > 1e-3)) await refuseSeparation(problem, { beta, step, iteration, flat, trace });
    if (remainingStep <= stepTolerance) {
      if (longest > 1e-3) await refuseSeparation(problem, { beta, step, iteration, flat: true, trace });
      return finish(problem, { beta, trace });
    }

    halvings = 0;
    for (let length = 1; ; length /= 2, halvings++) {
      const next = beta.map((value, j) => value + length * step[j]!);
      const there = await pass(next, 'observed');
      if (remainingStep <= shortStep || there.logLikelihood >= at.logLikelihood) {
        beta = next;
        at = there;
        break;
      }
      if (halvings === 30) throw notConverged(problem, trace, 'no step raises the log-likelihood');
    }
  }
  throw notConverged(problem, trace, `the step is still above ${stepTolerance} standard errors`);
}

async function finish({ pass, kept, factorize }: ProbitProblem, { beta, trace }: { beta: Float64Array; trace: TraceEntry[] }): Promise<ProbitEstimate> {
  const { hessian, score, logLikelihood } = await pass(beta, 'expected');
  trace.push({ iteration: trace.length + 1, pass: 'hessian', logLikelihood, remainingStep: trace.at(-1)!.remainingStep, halvings: 0 });
  return { beta, bread: factorize(restrict(hessian, kept), kept.length, 0).inverse(), score, logLikelihood, trace };
}

interface Suspicion {
  readonly beta: Float64Array;
  readonly step: Float64Array;
  readonly iteration: number;
  /** The Hessian has lost rank that X′X has. */
  readonly flat: boolean;
  readonly trace: readonly TraceEntry[];
}

/**
 * A direction d with q·x′d ≥ 0 in every row, and > 0 in some, along which the likelihood rises for ever, is separation.
 * The last step, or the estimate so far, points along it once all else has settled; a pass over the rows proves it.
 */
async function refuseSeparation(problem: ProbitProblem, { beta, step, iteration, flat, trace }: Suspicion): Promise<void> {
  for (const direction of [step, beta]) {
    const size = direction.reduce((largest, d) => Math.max(largest, Math.abs(d)), 0);
    if (!(size > 0)) continue;
    const main = direction.map((d) => (Math.abs(d) > 0.02 * size ? d / size : 0));
    const { lowest, highest } = await problem.signedRange(main);
    if (highest > 0 && lowest >= -0.02 * highest) {
      const levels = problem.columnNames.filter((_, j) => main[j] !== 0);
      throw new EngineError(
        'not-estimable',
        `${problem.name}: the outcome is separated by a combination of levels, so that the probit has no finite estimate: ${levels.join(', ')}. Leave one out, merge levels, or estimate on more rows.`,
        { outcome: problem.name, levels, iterations: iteration },
      );
    }
  }
  if (flat || iteration >= 2 * patience) throw notConverged(problem, trace, 'the Hessian is singular where X′X is not');
}

function notConverged({ name }: ProbitProblem, trace: readonly TraceEntry[], why: string): EngineError {
  return new EngineError('not-estimable', `${name}: the probit did not converge after ${trace.length} iterations: ${why}.`, { outcome: name, trace });
}
