import { expect, it } from 'vitest';
import { editDistance, nearest } from '../../src/spec/nearest.ts';

it('finds the fewest edits, and nothing where little is shared', () => {
  expect(editDistance('kitten', 'sitting')).toBe(3);
  expect(nearest('Outcome', ['name', 'outcomes'])).toBe('outcomes');
  expect(nearest('xyz', ['name', 'outcomes'])).toBeNull();
});
