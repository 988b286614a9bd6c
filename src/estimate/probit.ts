import { EngineError } from '../errors.ts';
import type { TraceEntry } from './fit.ts';
import { multiply, rankTolerance, restrict, type Factorization, type Factorize } from './cholesky.ts';

export type Information = 'observed' | 'expected';

/** One pass over rows at β. */
export interface ProbitPass {
  readonly logLikelihood: number;
  /** X′s with s = q·φ/Φ(q·η), length p. */
  readonly score: Float64Array;
  /** X′WX with the observed or the expected information as W, p × p row-major; null where only the score was asked for. */
  readonly hessian: Float64Array | null;
  /** What a row's score is rounded to. */
  readonly scoreUnit: number;
}
export type PassAt = (beta: Float64Array, information: Information | null, rows: 'all' | 'pilot') => Promise<ProbitPass>;

/** What a direction of coefficients does to the estimation rows, each told by q·x′d as a share of Σ |x·d|. */
export type SignedAt = (direction: Float64Array, tolerance: number) => Promise<{
  readonly lowest: number;
  readonly highest: number;
  /** X′X over the rows whose share is within the tolerance, p × p; null where a row goes the other way by more. */
  readonly gram: Float64Array | null;
}>;

export interface ProbitProblem {
  /** Starts, of which the likeliest is taken: length p, zero where `kept` is. */
  readonly starts: readonly Float64Array[];
  /** What x usually is in size, by column: 1, or less where some of a numeric term's values are far from all others. */
  readonly usual: Float64Array;
  /** The start is near: no pilot is needed. */
  readonly warm?: boolean;
  /** Columns that the rank rule has kept. */
  readonly kept: Uint8Array;
  /** Estimation rows. */
  readonly n: number;
  readonly pass: PassAt;
  readonly signed: SignedAt;
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

/** Remaining step, in standard errors, at which the estimate is taken as reached. With few rows another pass costs nothing. */
const stepToleranceAt = (n: number): number => (n >= manyRows ? 1e-8 : 1e-10);
const maxIterations = 120;
/** From here on a step that does not shrink is held to be separation or a failure, and looked into. */
const patience = 12;
/**
 * A step this short, in standard errors, is taken whole: the log-likelihood is all but quadratic there, and what the step
 * gains may be under the rounding of the log-likelihood's fixed point. The Hessian is not needed anew either: the next
 * steps are taken with the one at hand, and each is shorter by the share by which that Hessian has changed. With many rows
 * a standard error is a small part of what changes the Hessian, so that a longer step is short in this sense.
 */
const shortStep = (n: number): number => (n >= manyRows ? 3 : 0.1);
/** As many passes whose steps are what rounding makes of the score show that no pass will come nearer. */
const roundedPasses = 5;
/** From this many rows on, a pilot on one person in sixteen finds the start. */
const manyRows = 200_000;
/** A coefficient is moved by the pilot where its information there is worth this many standard errors of 1, squared. */
const pilotInformation = 4;

/**
 * Maximum likelihood by Newton's method with the observed Hessian and step halving. The log-likelihood of a probit is
 * concave, so that a step that raises it is always found; where there is no maximum the columns are separated, and the
 * error names them. At full size three passes compute a Hessian: two near the start, and one of the expected information
 * at the estimate; passes of the score alone carry the estimate home.
 */
export async function fitProbit(problem: ProbitProblem): Promise<ProbitEstimate> {
  const trace: TraceEntry[] = [];
  const stepTolerance = stepToleranceAt(problem.n);
  let { beta, at } = await likeliest(problem, problem.n >= manyRows && !problem.warm ? [await pilotStart(problem, trace)] : problem.starts);
  let halvings = 0;
  for (let iteration = 1; iteration <= maxIterations; iteration++) {
    const newton = newtonStep(problem, at);
    trace.push({ iteration: trace.length + 1, pass: 'hessian', logLikelihood: at.logLikelihood, remainingStep: newton.remaining, halvings });
    const flat = problem.kept.some((keep, j) => keep === 1 && !newton.factor.kept[j]);
    const restless = newton.longest > 1e-3 && ((iteration >= patience && iteration % 4 === 0) || newton.remaining <= stepTolerance);
    if (flat || restless) await refuseSeparation(problem, { beta, step: newton.step, flat, trace });
    if (newton.remaining <= shortStep(problem.n)) {
      const home = await bringHome(problem, { beta, newton, trace });
      if (home) return home;
    }
    ({ beta, at, halvings } = await ascend(problem, { beta, at, step: newton.step, isShort: newton.remaining <= shortStep(0), trace }));
  }
  throw notConverged(problem, trace, 'steps');
}

/** The start with the largest log-likelihood. */
async function likeliest({ pass }: ProbitProblem, starts: readonly Float64Array[]): Promise<{ beta: Float64Array; at: ProbitPass }> {
  let best: { beta: Float64Array; at: ProbitPass } | null = null;
  for (const beta of starts) {
    const at = await pass(beta, 'observed', 'all');
    if (best === null || at.logLikelihood > best.at.logLikelihood) best = { beta, at };
  }
  return best!;
}

interface NewtonStep {
  readonly factor: Factorization;
  /** Standard errors by column, 0 where there is none. */
  readonly standardErrors: Float64Array;
  readonly usual: Float64Array;
  readonly step: Float64Array;
  /** Largest step over its standard error, and the longest step itself, times what x usually is. */
  readonly remaining: number;
  readonly longest: number;
}

function newtonStep({ kept, factorize, usual }: ProbitProblem, { hessian, score }: ProbitPass): NewtonStep {
  const p = kept.length;
  const factor = factorize(restrict(hessian!, kept), p, rankTolerance);
  const covariance = factor.inverse();
  const standardErrors = Float64Array.from(kept, (_, j) => (factor.kept[j] ? Math.sqrt(covariance[j * p + j]!) : 0));
  return { factor, standardErrors, usual, ...stepFrom({ factor, standardErrors, usual }, score) };
}

/** The step that a Hessian makes of a score. */
function stepFrom({ factor, standardErrors, usual }: Pick<NewtonStep, 'factor' | 'standardErrors' | 'usual'>, score: Float64Array) {
  const step = factor.solve(score);
  let [remaining, longest] = [0, 0];
  step.forEach((size, j) => {
    if (!factor.kept[j]) return;
    remaining = Math.max(remaining, Math.abs(size) / standardErrors[j]!);
    longest = Math.max(longest, Math.abs(size) * usual[j]!);
  });
  return { step, remaining, longest };
}

/** The longest of the steps 1, ½, ¼, … that raises the log-likelihood; a short one whole. */
async function ascend(problem: ProbitProblem, from: { beta: Float64Array; at: ProbitPass; step: Float64Array; isShort: boolean; trace: TraceEntry[] }) {
  let length = 1;
  for (let halvings = 0; halvings <= 30; halvings++, length /= 2) {
    const beta = from.beta.map((value, j) => value + length * from.step[j]!);
    const at = await problem.pass(beta, 'observed', 'all');
    if (from.isShort || at.logLikelihood >= from.at.logLikelihood) return { beta, at, halvings };
  }
  throw notConverged(problem, from.trace, 'likelihood');
}

/**
 * From a short step on: whole steps with the Hessian at hand, judged by the score alone, and the expected information where
 * the next step will be within the tolerance. Null where the steps do not shrink fast enough for that Hessian.
 *
 * Rows that are alike are rounded alike: with few kinds of rows and many of each, what is rounded adds up to more than the tolerance. A
 * step that no longer shrinks and is within that is the last.
 */
async function bringHome(
  problem: ProbitProblem,
  from: { beta: Float64Array; newton: NewtonStep; trace: TraceEntry[] },
): Promise<ProbitEstimate | null> {
  const { newton, trace } = from;
  const stepTolerance = stepToleranceAt(problem.n);
  let { beta } = from;
  let { step, remaining } = newton;
  let shrink = remaining;
  // Where numeric values are far from all others, their sums have units of their own.
  const isHeld = problem.n >= manyRows && problem.usual.every((size) => size === 1);
  let rounded = 0;
  for (;;) {
    const isRounding = rounded >= roundedPasses;
    const last = isRounding || remaining * shrink <= stepTolerance;
    if (remaining > stepTolerance && !isRounding) beta = beta.map((value, j) => value + step[j]!);
    const at = await problem.pass(beta, last ? 'expected' : null, 'all');
    const next = stepFrom(newton, at.score);
    trace.push({ iteration: trace.length + 1, pass: last ? 'hessian' : 'score', logLikelihood: at.logLikelihood, remainingStep: next.remaining, halvings: 0 });
    if (last && (isRounding || next.remaining <= stepTolerance)) {
      const bread = problem.factorize(restrict(at.hessian!, problem.kept), problem.kept.length, 0).inverse();
      return { beta, bread, score: at.score, logLikelihood: at.logLikelihood, trace };
    }
    // Rounding can hold a step just above the tolerance; anything slower than this is not rounding.
    const isSlow = next.remaining > 0.1 * remaining;
    const byRounding = isHeld && isSlow && next.remaining <= roundedStep(newton, problem.n * at.scoreUnit);
    if (isSlow && !byRounding && next.remaining > 10 * stepTolerance) return null;
    if (byRounding && next.remaining > Math.max(0.5 * remaining, stepTolerance)) rounded++;
    shrink = Math.max(next.remaining / remaining, Number.EPSILON);
    ({ step, remaining } = next);
    if (trace.length > maxIterations) return null;
  }
}

/** The largest step, in standard errors, that comes of scores each wrong by `rounding`. */
function roundedStep({ factor, standardErrors }: NewtonStep, rounding: number): number {
  const p = standardErrors.length;
  const covariance = factor.inverse();
  let largest = 0;
  for (let i = 0; i < p; i++) {
    if (!factor.kept[i]) continue;
    let size = 0;
    for (let j = 0; j < p; j++) if (factor.kept[j]) size += Math.abs(covariance[i * p + j]!);
    largest = Math.max(largest, (size * rounding) / standardErrors[i]!);
  }
  return largest;
}

/**
 * The start of the full problem: Newton on the pilot's rows, for the columns that the pilot knows well enough. It need
 * not converge, only come near: the estimate does not depend on it beyond the tolerance.
 */
async function pilotStart(problem: ProbitProblem, trace: TraceEntry[]): Promise<Float64Array> {
  let [beta] = problem.starts as [Float64Array];
  let at = await problem.pass(beta, 'observed', 'pilot');
  const p = problem.kept.length;
  const known = problem.kept.map((keep, j) => (keep && at.hessian![j * p + j]! >= pilotInformation ? 1 : 0));
  if (known[0] === 0) return beta;
  for (let iteration = 0; iteration < 6; iteration++) {
    const newton = newtonStep({ ...problem, kept: known }, { ...at, score: at.score.map((value, j) => (known[j] ? value : 0)) });
    trace.push({ iteration: trace.length + 1, pass: 'pilot', logLikelihood: at.logLikelihood, remainingStep: newton.remaining, halvings: 0 });
    const next = beta.map((value, j) => value + newton.step[j]!);
    if (newton.remaining <= shortStep(0)) return next;
    const there = await problem.pass(next, 'observed', 'pilot');
    if (there.logLikelihood < at.logLikelihood) return beta;
    beta = next;
    at = there;
  }
  return beta;
}

interface Suspicion {
  readonly beta: Float64Array;
  readonly step: Float64Array;
  /** The Hessian has lost rank that X′X has. */
  readonly flat: boolean;
  readonly trace: readonly TraceEntry[];
}

/** Shares up to which rows are taken to be level, and coefficients to be 0, in a direction that is only near the right one. */
const nearLevel = [0.05, 1e-3, 1e-5];
/** The share that rounding may leave of a row that is level. */
const level = 1e-9;

/**
 * A direction d with q·x′d ≥ 0 in every row, and > 0 in some, along which the likelihood rises for ever, is separation (Albert
 * and Anderson 1984, Biometrika 71:1–10). The last step, or the estimate so far, points near one once all else has settled.
 * The rows that it leaves about level are to be exactly so: d is moved to where X maps them to 0, and a pass over the rows
 * then proves it. Nothing is held to be separated that is not proved to be.
 */
async function refuseSeparation(problem: ProbitProblem, { beta, step, flat, trace }: Suspicion): Promise<void> {
  for (const rough of [step, beta]) {
    for (const tolerance of nearLevel) {
      const near = largeParts(problem, rough, tolerance);
      const { gram } = await problem.signed(near, tolerance);
      const direction = gram && levelDirection(problem, gram, near);
      if (!direction) continue;
      const proof = await problem.signed(direction, level);
      if (proof.lowest < -level || !(proof.highest > level)) continue;
      const levels = problem.columnNames.filter((_, j) => direction[j] !== 0);
      throw new EngineError('not-estimable.separated', { outcome: problem.name, levels });
    }
  }
  if (flat) throw notConverged(problem, trace, 'hessian');
}

/** The direction near another that X maps to 0 in the rows of a Gram matrix; null where there is none. */
function levelDirection({ kept, factorize, usual }: ProbitProblem, gram: Float64Array, near: Float64Array): Float64Array | null {
  const p = kept.length;
  const factor = factorize(restrict(gram, kept), p, rankTolerance);
  const free = near.map((value, j) => (kept[j] && !factor.kept[j] ? value : 0));
  const pull = multiply(gram, free).map((value, j) => (factor.kept[j] ? -value : 0));
  const direction = factor.solve(pull).map((value, j) => (factor.kept[j] ? value : free[j]!));
  const large = largeParts({ usual }, direction, level);
  return large.some((value) => value !== 0) ? large : null;
}

/** A direction without the coefficients that are a small share of its largest. */
function largeParts({ usual }: Pick<ProbitProblem, 'usual'>, direction: Float64Array, share: number): Float64Array {
  const size = direction.reduce((largest, value, j) => Math.max(largest, Math.abs(value) * usual[j]!), 0);
  return direction.map((value, j) => (Math.abs(value) * usual[j]! > share * size ? value : 0));
}

function notConverged({ name }: ProbitProblem, trace: readonly TraceEntry[], why: 'steps' | 'likelihood' | 'hessian'): EngineError {
  return new EngineError('not-estimable.not-converged', { outcome: name, iterations: trace.length, why });
}
