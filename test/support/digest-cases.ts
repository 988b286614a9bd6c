import type { RunOptions, RunResult } from '../../src/run-result.ts';
import { resultDigest, resultFiles } from '../../src/results/result-files.ts';
import digests from '../fixtures/digests.json' with { type: 'json' };

export type DigestCase = keyof typeof digests;

/** What the case's tables must hash to, wherever and however they are computed. */
export const expectedDigest = (name: DigestCase): string => digests[name].digest;

export const digestOptions = (name: DigestCase): RunOptions =>
  ({ ...digests[name].options, period: 'month', level: 95, relativeTo: null, where: null, threshold: null }) as RunOptions;

/** Cases of the panel whose intervals take passes and draws of their own. */
export const intervalCases = ['analytic', 'score', 'bootstrap', 'bootstrapByRow', 'multinomial', 'fullRefit'] as const satisfies readonly DigestCase[];

export const syntheticSource = digests.synthetic.source as { synthetic: { rows: number; seed: number; effects: 'on' } };

export const digestOf = (result: RunResult): Promise<string> => resultDigest(resultFiles(result));
