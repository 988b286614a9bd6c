import { describe, expect, test } from 'vitest';
import { chartKey } from '../../web/chart-keys.ts';
import type { ChartLine } from '../../web/chart-lines.ts';

const line = (key: string, values: (number | null)[]): ChartLine => ({
  key, label: key, values, role: 'line', colour: '--series-1', dash: [], marker: null,
});
const lines = [line('a', [1, 2, null, 4, 5]), line('b', [null, 1, 1, 1, null])];
const press = (key: string, index: number | null, name: string | null) =>
  chartKey(key, { point: { index, line: name }, lines, stride: 2 });

describe('keys in a chart', () => {
  test('the first arrow lands on the newest number of the first line', () => {
    expect(press('ArrowLeft', null, null)).toEqual({ index: 4, line: 'a' });
    expect(press('ArrowDown', null, null)).toEqual({ index: 4, line: 'a' });
  });

  test('left and right pass over missing numbers and stop at the ends', () => {
    expect(press('ArrowLeft', 3, 'a')).toEqual({ index: 1, line: 'a' });
    expect(press('ArrowRight', 1, 'a')).toEqual({ index: 3, line: 'a' });
    expect(press('ArrowRight', 4, 'a')).toEqual({ index: 4, line: 'a' });
    expect(press('ArrowLeft', 0, 'a')).toEqual({ index: 0, line: 'a' });
  });

  test('up and down go round the lines and stay as near as there are numbers', () => {
    expect(press('ArrowDown', 4, 'a')).toEqual({ index: 3, line: 'b' });
    expect(press('ArrowDown', 3, 'b')).toEqual({ index: 3, line: 'a' });
    expect(press('ArrowUp', 0, 'a')).toEqual({ index: 1, line: 'b' });
  });

  test('Home, End, a stride, and Escape', () => {
    expect(press('Home', 3, 'b')).toEqual({ index: 1, line: 'b' });
    expect(press('End', 1, 'b')).toEqual({ index: 3, line: 'b' });
    expect(press('PageUp', 4, 'a')).toEqual({ index: 1, line: 'a' });
    expect(press('PageDown', 0, 'a')).toEqual({ index: 3, line: 'a' });
    expect(press('Escape', 3, 'a')).toEqual({ index: null, line: null });
  });

  test('other keys, and Escape with nothing to leave, are left to the page', () => {
    expect(press('Tab', 3, 'a')).toBeNull();
    expect(press('x', 3, 'a')).toBeNull();
    expect(press('Escape', null, null)).toBeNull();
    expect(chartKey('Home', { point: { index: null, line: null }, lines: [], stride: 12 })).toBeNull();
  });

  test('arrows alone reach every number of every line', () => {
    const reached = new Set<string>();
    let point = press('Home', null, null)!;
    for (const { key } of lines) {
      point = chartKey('Home', { point: { ...point, line: key }, lines, stride: 12 })!;
      for (let k = 0; k < 10; k++) {
        reached.add(`${point.line}${point.index}`);
        point = chartKey('ArrowRight', { point, lines, stride: 12 })!;
      }
    }
    expect([...reached].sort()).toEqual(['a0', 'a1', 'a3', 'a4', 'b1', 'b2', 'b3']);
  });
});
