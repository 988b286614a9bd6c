import { expect, test } from 'vitest';
import { lastOf } from '../../web/last-of.ts';
import { LatestAnswer } from '../../web/latest-answer.ts';

function asking() {
  let updates = 0;
  const held = new LatestAnswer<string>({ addController: () => {}, removeController: () => {}, requestUpdate: () => void updates++, updateComplete: Promise.resolve(true) });
  const questions: { signal: AbortSignal; resolve: (answer: string) => void; reject: (error: unknown) => void }[] = [];
  const ask = (...key: unknown[]): void => held.ask(key, (signal) => new Promise((resolve, reject) => questions.push({ signal, resolve, reject })));
  return { held, questions, ask, updates: () => updates };
}
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

test('the same question is asked once, another one ends it and drops its late answer', async () => {
  const { held, questions, ask, updates } = asking();
  ask('a', 1);
  ask('a', 1);
  expect([questions.length, held.pending]).toEqual([1, true]);
  ask('a', 2);
  expect(questions[0]!.signal.aborted).toBe(true);
  questions[1]!.resolve('second');
  questions[0]!.resolve('first');
  await turn();
  expect([held.answer, held.error, held.pending, updates()]).toEqual(['second', null, false, 1]);
});

test('an error takes the place of the answer, and a dropped question is asked again', async () => {
  const { held, questions, ask } = asking();
  ask('a');
  questions[0]!.reject(new Error('gone'));
  await turn();
  expect([held.answer, (held.error as Error).message]).toEqual([null, 'gone']);
  held.drop();
  ask('a');
  questions[1]!.resolve('again');
  await turn();
  expect([held.answer, held.error]).toEqual(['again', null]);
});

test('what is made is the same object as long as the arguments are', () => {
  const make = lastOf((a: number, b: string) => ({ text: `${a}${b}` }));
  expect(make(1, 'x')).toBe(make(1, 'x'));
  expect(make(1, 'y')).not.toBe(make(1, 'x'));
  expect(make(2, 'y').text).toBe('2y');
});
