import { expect, test, vi } from 'vitest';
import type { Progress, RunResult } from '../../src/run-result.ts';
import { main } from '../../src/spec/built-in.ts';
import type { Engine } from '../../web/engine.ts';
import { FitTask } from '../../web/fit-task.ts';
import { demoRequest } from '../../web/run-requests.ts';
import { ProgressMeter } from '../../web/progress-meter.ts';
import { exampleResult } from '../support/run-result.ts';

interface Call {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  readonly resolve: (result: RunResult) => void;
  readonly reject: (error: unknown) => void;
}

/** An engine whose runs end when the test says so. */
function heldEngine() {
  const calls: Call[] = [];
  const unused = () => Promise.reject(new Error('not asked for'));
  const engine: Engine = {
    openBundle: unused, keep: unused, ask: unused, saveBundle: unused,
    run: (_, signal, onProgress) => new Promise((resolve, reject) => calls.push({ signal, onProgress, resolve, reject })),
    compare: () => Promise.reject(new Error('not asked for')),
    pair: () => Promise.reject(new Error('not asked for')),
    xmr: () => Promise.reject(new Error('not asked for')),
    effects: () => Promise.reject(new Error('not asked for')),
    describe: () => Promise.reject(new Error('not asked for')),
  };
  return { task: new FitTask(engine), calls };
}
const request = demoRequest(main);
const progress: Progress = { phase: 'read', detail: '', done: 1, total: 4, unit: 'rows' };

test('tells of progress and of the result', async () => {
  const { task, calls } = heldEngine();
  const changed = vi.fn();
  task.addEventListener('change', changed);
  const run = task.start(request);
  calls[0]!.onProgress(progress);
  expect([task.status, task.progress]).toEqual(['running', progress]);
  const result = exampleResult();
  calls[0]!.resolve(result);
  await run;
  expect([task.status, task.result, task.request, task.progress]).toEqual(['done', result, request, null]);
  expect(changed).toHaveBeenCalledTimes(3);
});

test('a new run aborts the one before and drops its late answer', async () => {
  const { task, calls } = heldEngine();
  const first = task.start(request);
  const second = task.start(request);
  expect(calls[0]!.signal.aborted).toBe(true);
  const [late, right] = [exampleResult(), exampleResult()];
  calls[1]!.resolve(right);
  await second;
  calls[0]!.onProgress(progress);
  calls[0]!.resolve(late);
  await first;
  expect(task.result).toBe(right);
  expect([task.status, task.progress]).toEqual(['done', null]);
});

test('cancelling stops at once and keeps the result there was', async () => {
  const { task, calls } = heldEngine();
  const first = task.start(request);
  const result = exampleResult();
  calls[0]!.resolve(result);
  await first;
  const second = task.start(request);
  task.cancel();
  expect([task.status, calls[1]!.signal.aborted]).toEqual(['cancelled', true]);
  calls[1]!.reject(new Error('The run was cancelled.'));
  await second;
  expect([task.status, task.error, task.result]).toEqual(['cancelled', null, result]);
});

test('a failure is kept with its error', async () => {
  const { task, calls } = heldEngine();
  const run = task.start(request);
  const error = new Error('atid3 is missing');
  calls[0]!.reject(error);
  await run;
  expect([task.status, task.error]).toEqual(['failed', error]);
});

test('the bar never goes back and reaches the end', () => {
  const meter = new ProgressMeter(2);
  const shares: number[] = [];
  const tell = (phase: Progress['phase'], detail: string, done: number, total = 10) =>
    shares.push(meter.share({ phase, detail, done, total, unit: 'rows' }));
  tell('read', '', 0);
  tell('read', '', 10);
  tell('code', 'rows', 5);
  tell('estimate', 'a, b', 10);
  for (const done of [5, 10, 2, 9]) tell('estimate', 'a', done);
  tell('estimate', 'b', 10);
  tell('indicator', 'a', 10);
  tell('indicator', 'b', 0, 0);
  tell('indicator', 'b', 10);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares[0]).toBe(0);
  expect(shares.at(-1)).toBeCloseTo(1, 12);
});
