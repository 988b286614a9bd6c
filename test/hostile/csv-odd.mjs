// CSV as people and their tools leave it: each with what is right, as far as there is one answer.
import { gzipSync } from 'node:zlib';
import { base, baseRows } from './bases.mjs';
import { joined } from './bytes.mjs';

const { names, rows } = baseRows();
const plain = new TextDecoder().decode(base('plain.csv'));
const lines = plain.trimEnd().split('\n');

/** No number in any column of a CSV file that separates by commas. */
const noNumbers = [
  '1_000', '1 000', '1\u00a0000', '1\u202f000', '1\u2009000', '\u22125', '\u20135', '0x10', '0b1', '1e', '1e+', '1..2', '1.2.3', '1,5', '12.000,50', '1,000', '1.000.000', '\u0663', '\uff11\uff12', 'Inf', '-inf',
  'infinity', '2018-01-01', '12:30', '50%', 'kr 5', '(5)', '5-', '+-5', '--5', '.', '-', '+', 'e5', '5f', '1d3', "'5", '=5', '5;', '1/2', '5 000,00', 'fem', '\u200b5', '5\u200b',
];
const noMonths = ['2018-13', '2018-00', '15.03.2018', '03/2018', '2018-3-1x', 'mars 2018', '18-03', '2018M03', '2018-W10', '2018-03-32', '2018-02-30', '1', '-1', '2018_03', '2018\u221203', '\u0662018-03', 'now', '0'];

/** @param {import('./random.mjs').Random} draw @returns {import('./corpus.mjs').Input} */
export function csvOdd(draw) {
  const input = (/** @type {string} */ what, /** @type {string | Uint8Array} */ text, /** @type {import('./corpus.mjs').Expectation} */ expect, ending = 'csv') =>
    ({ what: `odd: ${what}`, ending, bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text, expect });
  const row = 1 + draw.below(rows.length);
  const fields = rows.map((one) => [...one]);
  const quoted = (/** @type {string} */ text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const table = (header = names, all = fields) => `${[header, ...all].map((one) => one.map(quoted).join(',')).join('\n')}\n`;
  const set = (/** @type {string} */ name, /** @type {string} */ text) => (fields[row - 1][names.indexOf(name)] = text);
  switch (draw.below(26)) {
    case 0: case 1: case 2: {
      const [name, text] = [draw.pick(['age', 'hours', 'wage', 'atid3']), draw.pick(noNumbers)];
      set(name, text);
      return input(`${JSON.stringify(text)} in ${name}`, table(), 'refused');
    }
    case 3: {
      const text = draw.pick(noMonths);
      set('month', text);
      return input(`month ${JSON.stringify(text)}`, table(), 'refused');
    }
    case 4: return input('lines that end in either way', lines.map((line) => line + draw.pick(['\n', '\r\n'])).join(''), 'same');
    case 5: return input('lines that end in every way', lines.map((line) => line + draw.pick(['\n', '\r\n', '\r'])).join(''), 'same-or-refused');
    case 6: return input('a mark of the byte order among the lines', lines.map((line, k) => (k === row ? `\ufeff${line}` : line)).join('\n'), 'refused');
    case 7: return input('two files, one after the other, with their headers', plain + draw.pick(['', '\ufeff']) + plain, 'refused');
    case 8: return input('a value of a megabyte that nobody asks for', table([...names, 'note'], fields.map((one, k) => [...one, k === row - 1 ? 'x'.repeat(1 << 20) : ''])), 'same');
    case 9: return input('a quote at the end', plain + draw.pick(['"', '"\n', 'x"']), 'refused');
    case 10: {
      const more = Array.from({ length: draw.pick([50, 2000]) }, (_, k) => `c${k}`);
      return input(`${more.length} columns that nobody asks for`, table([...names, ...more], fields.map((one) => [...one, ...more.map(() => draw.pick(['', '1', 'x']))])), 'same');
    }
    case 11: {
      const name = draw.pick(names);
      return input(`a column more called ${name.toUpperCase()}`, table([...names, name.toUpperCase()], fields.map((one) => [...one, '7'])), 'same');
    }
    case 12: {
      const name = draw.pick(names);
      return input(`a column more called ${name}`, table([...names, name], fields.map((one) => [...one, '7'])), 'refused');
    }
    case 13: return input('columns without names', table([...names, ...Array(1 + draw.below(3)).fill('')], undefined), 'refused');
    case 14: {
      const count = 1 + draw.below(2);
      return input('separators after every line', lines.map((line) => line + ','.repeat(count)).join('\n'), 'same-or-refused');
    }
    case 15: return input('a header alone', draw.pick([lines[0], `${lines[0]}\n`, `\ufeff${lines[0]}\r\n`, `${lines[0]}\n\n\n`]), 'refused');
    case 16: return input('nothing', draw.pick(['', '\n', '\ufeff', '\r\n\r\n', ' ', '\0', '""', ',', '""\n""', '\u00a0', '\ufffe', 'x']), 'refused');
    case 17: {
      const name = draw.pick(names);
      return input(`a blank in the header, ${name}`, table(names.map((one) => (one === name ? draw.pick([` ${one}`, `${one} `, `${one}\u00a0`, `\u200b${one}`]) : one))), 'same-or-refused');
    }
    case 18: return input('a line before the header', `${draw.pick(['# a comment', 'Tabell 1', 'sep=;', 'sep=|', '""', ';;;', '<html>', '{"a": 1}'])}\n${plain}`, 'refused');
    case 19: return input('blank lines among the rows', lines.map((line, k) => (k === row ? `\n\n${line}` : line)).join('\n'), 'same-or-refused');
    case 20: return input('a line of blanks', lines.map((line, k) => (k === row ? `   \n${line}` : line)).join('\n'), 'same-or-refused');
    case 21: {
      const half = new Uint8Array(Buffer.from(`\ufeff${plain}`, 'utf16le'));
      return input('UTF-16 of an odd number of bytes', half.slice(0, half.length - 1), 'refused');
    }
    case 22: {
      set('county', `a${String.fromCharCode(0xd800 + draw.below(0x400))}b`);
      const text = Buffer.from(`\ufeff${table()}`, 'utf16le');
      return input('half a sign in UTF-16', new Uint8Array(text), 'refused');
    }
    case 23: {
      const one = `${lines[row]}\n`;
      const text = Buffer.alloc(draw.pick([20, 300]) << 20, one);
      return input('one row over and over, packed', joined([gzipSync(`${lines[0]}\n`), gzipSync(text, { level: 9 })]), 'refused', 'csv.gz');
    }
    case 24: {
      const at = 1 + draw.below(plain.length - 1);
      return input('a zero byte', joined([plain.slice(0, at), '\0', plain.slice(at)]), 'refused');
    }
    default: {
      const text = draw.pick(['NaN', 'nan', 'NULL', 'null', 'None', 'NA', 'N/A', '#N/A', 'n/a', '?', 'true', 'TRUE', '1e5', '1E5', '+5', '05', '5.', '.5', '-0', '1e-400', '1e400', '9007199254740993']);
      set(draw.pick(['hours', 'wage', 'atid3']), text);
      return input(`a value ${text}`, table(), 'any');
    }
  }
}
