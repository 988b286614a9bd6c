import { expect, test, vi } from 'vitest';
import type { Engine } from '../../web/engine.ts';
import { KeptTask } from '../../web/kept-task.ts';
import type { WhatIfBase, WhatIfQuestion, WhatIfReply } from '../../web/what-if-question.ts';
import { eventually } from '../support/eventually.ts';
import { exampleResult } from '../support/run-result.ts';

interface Held<T> {
  readonly signal?: AbortSignal;
  readonly question?: WhatIfQuestion;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

function heldTask() {
  const keeps: Held<WhatIfBase>[] = [];
  const asks: Held<WhatIfReply>[] = [];
  const unused = () => Promise.reject(new Error('not asked for'));
  const saveBundle = vi.fn<Engine['saveBundle']>(() => Promise.resolve(Uint8Array.of(1)));
  const engine: Engine = {
    run: unused, compare: unused, pair: unused, xmr: unused, effects: unused, describe: unused, openBundle: unused, saveBundle,
    keep: (_, signal) => new Promise((resolve, reject) => keeps.push({ signal, resolve, reject })),
    ask: (_, question) => new Promise((resolve, reject) => asks.push({ question, resolve, reject })),
  };
  return { task: new KeptTask(engine, exampleResult()), keeps, asks, saveBundle };
}
const base: WhatIfBase = { outcomes: [] };
const question = (term: string): WhatIfQuestion => ({ outcome: 'atid3', by: [], seasonal: false, term });
const reply = (term: string) => ({ outcome: term }) as WhatIfReply;

test('sums are kept once, however often they are wanted', async () => {
  const { task, keeps } = heldTask();
  const [first, second] = [task.keep(), task.keep()];
  expect([keeps.length, task.status]).toEqual([1, 'keeping']);
  keeps[0]!.resolve(base);
  expect(await Promise.all([first, second, task.keep()])).toEqual([true, true, true]);
  expect([keeps.length, task.status, task.base]).toEqual([1, 'kept', base]);
});

test('keeping can be cancelled and begun again; the late answer is dropped', async () => {
  const { task, keeps } = heldTask();
  const first = task.keep();
  task.cancel();
  expect([task.status, keeps[0]!.signal!.aborted]).toEqual(['idle', true]);
  const second = task.keep();
  keeps[0]!.reject(new Error('The run was cancelled.'));
  expect(await first).toBe(false);
  expect(task.status).toBe('keeping');
  keeps[1]!.resolve(base);
  expect(await second).toBe(true);
});

test('of questions that come while one is answered only the newest is asked', async () => {
  const { task, asks } = heldTask();
  const [first, skipped, newest] = ['a', 'b', 'c'].map((term) => task.ask(question(term)));
  expect(asks.map(({ question: asked }) => asked!.term)).toEqual(['a']);
  asks[0]!.reject(new Error('There is no level a.'));
  await expect(first).rejects.toThrow('no level a');
  await eventually(() => expect(asks).toHaveLength(2));
  expect(asks[1]!.question!.term).toBe('c');
  asks[1]!.resolve(reply('c'));
  expect([await skipped, await newest]).toEqual([null, { outcome: 'c' }]);
});

test('saving keeps the sums first, and tells what went wrong', async () => {
  const { task, keeps, saveBundle } = heldTask();
  const failed = task.save();
  expect(task.saving).toBe(true);
  keeps[0]!.reject(new Error('The rows are gone.'));
  expect(await failed).toBeNull();
  expect([task.saving, String(task.saveError)]).toEqual([false, 'Error: The rows are gone.']);
  const saved = task.save();
  keeps[1]!.resolve(base);
  expect(await saved).toEqual(Uint8Array.of(1));
  expect([saveBundle.mock.calls.length, task.saveError]).toEqual([1, null]);
});
