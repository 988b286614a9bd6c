import type { Progress } from '../src/run-result.ts';

/** Phases in order, with the share of the whole that each takes as a rule. */
const phases: readonly { readonly phase: Progress['phase']; readonly weight: number }[] = [
  { phase: 'read', weight: 0.4 },
  { phase: 'code', weight: 0.1 },
  { phase: 'estimate', weight: 0.4 },
  { phase: 'indicator', weight: 0.1 },
];

/**
 * Share of a run that is done, from 0 to 1. Estimation goes over the rows outcome by outcome, and for a probit an unknown
 * number of times; so the share goes by outcomes, and never back.
 */
export class ProgressMeter {
  private readonly outcomes: number;
  private readonly seen = new Map<Progress['phase'], Set<string>>();
  private reached = 0;

  constructor(outcomes: number) {
    this.outcomes = Math.max(1, outcomes);
  }

  share({ phase, detail, done, total }: Progress): number {
    const at = phases.findIndex((one) => one.phase === phase);
    const before = phases.slice(0, at).reduce((sum, { weight }) => sum + weight, 0);
    const details = this.seen.get(phase) ?? new Set();
    this.seen.set(phase, details.add(detail));
    const within = total > 0 ? Math.min(1, done / total) : 0;
    const perOutcome = phase === 'estimate' || phase === 'indicator';
    const share = perOutcome ? Math.min(1, (details.size - 1 + within) / (this.outcomes + Number(phase === 'estimate'))) : within;
    this.reached = Math.max(this.reached, before + phases[at]!.weight * share);
    return this.reached;
  }
}
