import type { RunOptions } from '../src/run-result.ts';
import type { ModelSpec } from '../src/spec/model-spec.ts';
import type { RunRequest } from './engine.ts';
import type { OwnRun } from './file-view.ts';

/** Rows of the population the app opens on: enough for steady curves, few enough for a first chart within seconds. */
const demoRows = 150_000;
const demoSeed = 2025;
const demoBreakdowns = ['county', 'support_group', 'main_group', 'measure', 'female', 'country_group'];

const options = (by: readonly string[]): RunOptions => ({
  by: by.map((column) => [column]),
  period: 'month',
  vcov: 'cluster',
  interval: 'outcome',
  cluster: 'person',
  level: 95,
  relativeTo: null,
  where: null,
  threshold: null,
});

export const demoRequest = (spec: ModelSpec): RunRequest => ({
  source: { kind: 'synthetic', rows: demoRows, seed: demoSeed },
  spec,
  options: options(demoBreakdowns),
});

export const ownRequest = ({ files, spec, by }: OwnRun): RunRequest => ({
  source: { kind: 'files', files },
  spec,
  options: options(by),
});
