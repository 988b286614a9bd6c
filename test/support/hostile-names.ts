import { draws } from './table-file.ts';

const pieces = [':', '\\', 'missing', '"', ',', '\n', 'a', 'x', ' ', 'é', '\\:', '::', '\r\n', '=', ';', '\u2028', '😀'];

/** So many different names of what separates, quotes and escapes; none is empty, blank or `NA`. */
export function hostileNames(seed: number, count: number): string[] {
  const draw = draws(seed);
  const names = new Set(['missing', '\\missing', ':', '\\', 'a:b', 'a\\:b', 'a\\\\:b']);
  while (names.size < count) {
    const name = Array.from({ length: 1 + Math.floor(draw() * 5) }, () => pieces[Math.floor(draw() * pieces.length)]!).join('');
    if (name.trim() !== '') names.add(name);
  }
  return [...names];
}
