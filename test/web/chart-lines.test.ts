import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { markerPath, pickedStyles, spreadLabels, valueRange } from '../../web/chart-lines.ts';
import type { ChartLine, Marker } from '../../web/chart-lines.ts';

const theme = readFileSync(new URL('../../web/theme.css', import.meta.url), 'utf8');
const [light, dark] = theme.split(":root[data-theme='dark'] {\n  --page") as [string, string];
const property = (css: string, name: string): string => new RegExp(`${name}: (#[0-9a-f]{6})`).exec(css)?.[1] ?? '';
const pages = { light: property(light, '--page'), dark: property(`--page${dark}`, '--page') };

function luminance(hex: string): number {
  const linear = (at: number): number => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(1) + 0.7152 * linear(3) + 0.0722 * linear(5);
}
function contrast(a: string, b: string): number {
  const both = [luminance(a), luminance(b)];
  return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
}

describe('colours', () => {
  test.each(pickedStyles.map(({ colour }) => colour))('%s keeps 3 : 1 against both backgrounds', (colour) => {
    const hex = property(light, colour);
    expect(contrast(hex, pages.light)).toBeGreaterThanOrEqual(3);
    expect(contrast(hex, pages.dark)).toBeGreaterThanOrEqual(3);
  });

  test.each(['--text', '--text-soft', '--accent', '--series-actual', '--series-expected', '--series-published'])(
    '%s is readable as text in both themes',
    (name) => {
      expect(contrast(property(light, name), pages.light)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(property(`--page${dark}`, name), pages.dark)).toBeGreaterThanOrEqual(4.5);
    },
  );

  test('picked lines differ in dash and in marker, without colour', () => {
    expect(new Set(pickedStyles.map(({ dash }) => dash.join())).size).toBe(pickedStyles.length);
    expect(new Set(pickedStyles.map(({ marker }) => marker)).size).toBe(pickedStyles.length);
  });
});

test('every marker is a closed path around its place', () => {
  for (const marker of ['circle', 'square', 'triangle', 'diamond', 'cross'] satisfies Marker[]) {
    expect(markerPath(marker, 10, 20, 4)).toMatch(/^M[\d.,-]+.*z$/);
  }
});

describe('value range', () => {
  const line = (values: (number | null)[], extra: Partial<ChartLine> = {}): ChartLine => ({
    key: '', label: '', values, role: 'line', colour: '', dash: [], marker: null, ...extra,
  });

  test('covers lines and intervals with air, and zero where asked', () => {
    const [low, high] = valueRange([line([4, null, 6], { low: [3, null, 5], high: [5, null, 9] })], false)!;
    expect(low).toBeCloseTo(3 - 0.42);
    expect(high).toBeCloseTo(9 + 0.42);
    expect(valueRange([line([4, 6])], true)![0]).toBeLessThan(0);
  });

  test('of a constant is not empty, and of nothing is null', () => {
    const [low, high] = valueRange([line([5, 5])], false)!;
    expect(low).toBeLessThan(5);
    expect(high).toBeGreaterThan(5);
    expect(valueRange([line([null])], false)).toBeNull();
  });
});

describe('labels at the ends of lines', () => {
  test('are pushed apart, keep their order and stay inside', () => {
    const placed = spreadLabels([100, 101, 99, 10], { gap: 16, top: 0, bottom: 120 });
    expect(placed[3]).toBe(10);
    const [second, third, first] = placed as [number, number, number, number];
    expect(second - first).toBeGreaterThanOrEqual(16);
    expect(third - second).toBeGreaterThanOrEqual(16);
    expect(Math.max(...placed)).toBeLessThanOrEqual(120);
  });
});
