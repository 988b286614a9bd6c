import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { BLOCK } from '../../src/kernels/kernels.ts';
import { Control } from '../../src/workers/control.ts';
import { RowBlocks } from '../../src/workers/row-blocks.ts';

/** Milliseconds that a block takes by the clock of these tests, which only work moves. */
const blockTime = 10;
/** Blocks until a slice of 25 ms is over. */
const slice = 3;

let now = 0;
beforeEach(() => {
  now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => vi.restoreAllMocks());

/** A pass over so many blocks; `each` is told how many have been done. */
async function pass(control: Control, blocks: number, each: (done: number) => void): Promise<{ ticks: number[] }> {
  const ticks: number[] = [];
  let done = 0;
  control.begin();
  await RowBlocks.prototype.blocks.call({ control, tick: (rows: number) => ticks.push(rows) } as unknown as RowBlocks, 0, blocks * BLOCK, () => {
    now += blockTime;
    each(++done);
  });
  return { ticks };
}

/** Something that another thread sends, as the worker hears it: in a turn of its event loop. */
function message(heard: () => void): () => void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    heard();
    port1.close();
  };
  return () => port2.postMessage(null);
}

it('a pass gives the event loop a turn after every slice, and tells what it has done', async () => {
  const control = new Control();
  const turns = vi.spyOn(control, 'turn');
  const { ticks } = await pass(control, 10, () => {});
  expect(turns).toHaveBeenCalledTimes(3);
  expect(ticks).toEqual([slice * BLOCK, slice * BLOCK, slice * BLOCK, BLOCK]);
});

it('a pass that is shorter than a slice takes no turn', async () => {
  const control = new Control();
  const turns = vi.spyOn(control, 'turn');
  await pass(control, 2, () => {});
  expect(turns).not.toHaveBeenCalled();
});

it.each([1, 4, 50])('a cancel sent during block %i stops the pass within two slices', async (during) => {
  const control = new Control();
  const cancel = message(() => control.cancel());
  let blocks = 0;
  const running = pass(control, 1000, (done) => {
    blocks = done;
    if (done === during) cancel();
  });
  await expect(running).rejects.toMatchObject({ kind: 'interrupted' });
  expect(blocks).toBeGreaterThanOrEqual(during);
  expect(blocks).toBeLessThanOrEqual(during + 2 * slice);
});

it('work that waited for its turn does not begin once it has been cancelled', () => {
  const control = new Control();
  const { asked } = control;
  control.cancel();
  expect(() => control.begin(asked)).toThrow(expect.objectContaining({ kind: 'interrupted' }));
  control.begin();
  expect(() => control.check()).not.toThrow();
});
