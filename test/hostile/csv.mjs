// CSV as people and programs write it, the same rows in many dresses; and CSV that is damaged.
import { deflateRawSync, gzipSync } from 'node:zlib';
import { tableFromArrays, tableToIPC, vectorFromArray, Utf8, Int32, Float64 } from 'apache-arrow';
import { baseRows } from './bases.mjs';
import { flipped, joined } from './bytes.mjs';

const { names, rows } = baseRows();
const isText = new Set(['county', 'office', 'note']);

/** @param {import('./random.mjs').Random} draw */
function dressOf(draw) {
  const separator = draw.pick([',', ',', ';', '\t', '|']);
  return {
    separator,
    decimalComma: separator !== ',' && draw.chance(0.5),
    quoting: draw.pick(['needed', 'needed', 'always', 'some']),
    end: draw.pick(['\n', '\n', '\r\n', '\r']),
    encoding: draw.pick(['utf-8', 'utf-8', 'utf-8', 'utf-8-mark', 'utf-16le', 'utf-16be']),
    named: draw.chance(0.15),
    lastEnd: draw.chance(0.8),
    blank: draw.chance(0.1),
    missing: draw.chance(0.3),
    truth: draw.pick([['True', 'False'], ['true', 'false'], ['TRUE', 'FALSE'], ['1', '0']]),
    month: draw.pick(['', '-01']),
    packed: draw.pick(['', '', '', '', 'gz', 'gz-two']),
  };
}

/** Other ways to write a number. @param {import('./random.mjs').Random} draw @param {string} text */
function numberText(draw, text) {
  if (!/^\d+(\.\d+)?$/.test(text)) return text;
  const ways = [text, text, text, `+${text}`, text.includes('.') ? `${text}0` : `${text}.0`, `${text}e0`, ` ${text}`];
  return draw.pick(ways);
}

/** @param {import('./random.mjs').Random} draw @param {ReturnType<typeof dressOf>} dress @param {string} name @param {string} text */
function fieldText(draw, dress, name, text) {
  if (name === 'female') return dress.truth[text === 'True' ? 0 : 1];
  if (name === 'month') return text + dress.month;
  if (isText.has(name) || name === 'person_id') return text;
  if (text === '') return dress.missing ? 'NA' : '';
  const written = draw.chance(0.1) ? numberText(draw, text) : text;
  return dress.decimalComma ? written.replace('.', ',') : written;
}

/** @param {import('./random.mjs').Random} draw @param {ReturnType<typeof dressOf>} dress @param {string} text */
function quoted(draw, { separator, quoting }, text) {
  const must = text.includes(separator) || /["\r\n]/.test(text);
  return must || quoting === 'always' || (quoting === 'some' && draw.chance(0.3)) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @param {string} text @param {string} encoding */
function encode(text, encoding) {
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  if (encoding === 'utf-8-mark') return new TextEncoder().encode(`\ufeff${text}`);
  const little = new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));
  return encoding === 'utf-16le' ? little : new Uint8Array(Buffer.from(little).swap16());
}

/** @param {Uint8Array} bytes @param {string} way */
function packed(bytes, way) {
  if (way === '') return { ending: 'csv', bytes };
  const half = bytes.length >> 1;
  const parts = way === 'gz' ? [gzipSync(bytes)] : [gzipSync(bytes.subarray(0, half)), gzipSync(bytes.subarray(half))];
  return { ending: 'csv.gz', bytes: joined(parts) };
}

/** @param {import('./random.mjs').Random} draw @param {readonly string[][]} lines header first @param {ReturnType<typeof dressOf>} dress */
function written(draw, lines, dress) {
  const named = dress.named ? [`sep=${dress.separator}`] : [];
  const text = [...named, ...lines.map((line) => line.map((field) => quoted(draw, dress, field)).join(dress.separator))].join(dress.end);
  return encode(`${text}${dress.lastEnd ? dress.end : ''}${dress.blank ? dress.end.repeat(3) : ''}`, dress.encoding);
}

/** The rows with columns and rows in another order, and columns that nobody asks for. @param {import('./random.mjs').Random} draw @param {ReturnType<typeof dressOf>} dress */
function otherOrder(draw, dress) {
  const order = draw.shuffled([...names.keys()]);
  const extra = draw.below(3);
  const header = [...order.map((k) => names[k]), ...Array.from({ length: extra }, (_, k) => `note ${k}`)];
  const texts = ['', 'x', '"', 'a, b; c | d', 'Ærlig', '=1+1', '1e400'];
  const notes = (/** @type {number} */ k) => Array.from({ length: extra }, () => (draw.chance(0.02) && k > 3 ? 'to\nlinjer' : draw.pick(texts)));
  return [header, ...draw.shuffled(rows).map((row, k) => [...order.map((at) => fieldText(draw, dress, names[at], row[at])), ...notes(k)])];
}

/** @param {import('./random.mjs').Random} draw @returns {import('./corpus.mjs').Input} */
export function csvInput(draw) {
  const blow = draw.next();
  if (blow < 0.4) {
    const dress = dressOf(draw);
    const file = packed(written(draw, otherOrder(draw, dress), dress), dress.packed);
    return { what: `the rows in another dress: ${JSON.stringify(dress)}`, ...file, expect: 'same' };
  }
  if (blow < 0.55) return labelsInput(draw);
  if (blow < 0.9) return damagedInput(draw);
  return bombInput(draw);
}

// Not among them: NA, which is missing in CSV, and zero bytes, which no text has.
const oddLabels = [
  '=1+1', '=HYPERLINK("http://x","y")', '+47', '-1', '@SUM(A1)', '\u202eevil', 'null', 'NaN', 'None', 'true', ' ', '\t', '   Oslo', 'Oslo   ', '""', "'", '\\',
  'a\nb', 'a\r\nb', '__proto__', 'constructor', 'toString', '🏔️', 'e\u0301', '\u00e9', 'x'.repeat(5000), '\ufeffOslo', '-0', '1e5', '100000', '0x10', 'Infinity', '\u001b[31m', '(rest)', 'Z\u0338'.repeat(50),
];

/** Odd labels, once as CSV and once as Arrow: the same rows whoever wrote them. @param {import('./random.mjs').Random} draw */
function labelsInput(draw) {
  const labels = Array.from({ length: 2 + draw.below(6) }, () => draw.pick(oddLabels));
  const dress = { ...dressOf(draw), packed: '', missing: false, truth: ['1', '0'], month: '' };
  if (dress.end === '\r') dress.end = '\n';
  const at = names.indexOf('county');
  const odd = rows.map((row, i) => row.map((text, k) => (k === at ? labels[i % labels.length] : text)));
  const lines = [names, ...odd.map((row) => row.map((text, k) => fieldText(draw, dress, names[k], text)))];
  const columns = names.map((name, k) => {
    const texts = odd.map((row) => row[k]);
    const numbers = texts.map((text) => (text === '' ? null : text === 'True' ? 1 : text === 'False' ? 0 : Number(text)));
    const isWhole = name === 'person_id';
    return [name, name === 'county' || name === 'office' || name === 'month' ? vectorFromArray(texts, new Utf8()) : vectorFromArray(numbers, isWhole ? new Int32() : new Float64())];
  });
  const twin = { ending: 'arrow', bytes: tableToIPC(tableFromArrays(/** @type {any} */ (Object.fromEntries(columns))), 'file') };
  return { what: `counties ${JSON.stringify(labels).slice(0, 120)}`, ending: 'csv', bytes: written(draw, lines, dress), expect: /** @type {const} */ ('twin'), twin };
}

/** @param {import('./random.mjs').Random} draw @returns {import('./corpus.mjs').Input} */
function damagedInput(draw) {
  const dress = { ...dressOf(draw), packed: draw.chance(0.2) ? 'gz' : '', decimalComma: false, encoding: 'utf-8', named: false };
  const lines = [[...names], ...rows.map((row) => row.map((text, k) => fieldText(draw, dress, names[k], text)))];
  const row = 1 + draw.below(rows.length);
  const number = names.indexOf(draw.pick(['age', 'hours', 'wage', 'atid3', 'jobb3']));
  const whole = () => written(draw, lines, dress);
  const input = (/** @type {string} */ what, /** @type {Uint8Array} */ bytes, /** @type {import('./corpus.mjs').Expectation} */ expect) =>
    ({ what: `row ${row}: ${what}`, ...packed(bytes, dress.packed), expect });
  switch (draw.below(14)) {
    case 0: lines[row].pop(); return input('a field too few', whole(), 'refused');
    case 1: lines[row].push('x'); return input('a field too many', whole(), 'refused');
    case 2: {
      const text = draw.pick(['tolv', '1,2,3', '--1', '1e', '0x1f', '1 000', 'Infinity', '1e999', '½', '12kr', '#N/A', '.', '\u00a01']);
      lines[row][number] = text;
      return input(`${JSON.stringify(text)} in ${names[number]}`, whole(), 'refused');
    }
    case 3: {
      const text = draw.pick(['2018-13', '2018', 'mars 2018', '18-03', '2018-3-41', '', '0000-00', '2018-00', '99999-01']);
      lines[row][names.indexOf('month')] = text;
      return input(`month ${JSON.stringify(text)}`, whole(), 'refused');
    }
    case 4: lines[row][0] = ''; return input('no person', whole(), 'refused');
    case 5: lines.splice(row, 0, lines[row]); return input('a row twice', whole(), 'refused');
    case 6: {
      const k = draw.below(names.length);
      lines[0][k] = draw.pick([lines[0][(k + 1) % names.length], '', `${names[k]}\u0000`, 'x'.repeat(70_000)]);
      return input(`column ${k} is called ${lines[0][k].slice(0, 20)}`, whole(), 'refused');
    }
    case 7: {
      const bytes = whole();
      return input('a stray quote', joined([bytes.subarray(0, bytes.length >> 1), '"', bytes.subarray(bytes.length >> 1)]), 'any');
    }
    case 8: {
      const bytes = whole();
      const at = draw.below(bytes.length);
      return input(`cut at ${at}`, bytes.slice(0, at), 'any');
    }
    case 9: {
      lines[row][names.indexOf('county')] = 'Tr\u0001ms';
      const bytes = whole();
      const at = bytes.indexOf(1);
      const wrong = draw.pick([0xff, 0xc0, 0x80, 0xed, 0xf8]);
      bytes[at] = wrong;
      return input(`byte ${wrong} in a label`, bytes, 'refused');
    }
    case 10: {
      const bytes = whole();
      return input('a bit flipped', flipped(bytes, draw.below(bytes.length), draw.below(8)), 'any');
    }
    case 11: {
      const bytes = whole();
      return input('bytes of another kind', joined([bytes.subarray(0, 200), new Uint8Array(draw.below(400)), bytes.subarray(200)]), 'refused');
    }
    case 12: {
      const text = draw.pick(['100000.5', '1e5', '1.0e+05', '999999999999999999999', '-5', ' 100000', 'NA']);
      lines[row][0] = text;
      return input(`person ${text}`, whole(), 'any');
    }
    default: {
      const encodings = ['latin1', 'utf16le'];
      const encoding = /** @type {BufferEncoding} */ (draw.pick(encodings));
      return input(`in ${encoding}, which nothing says`, new Uint8Array(Buffer.from(new TextDecoder().decode(whole()), encoding)), encoding === 'latin1' ? 'refused' : 'same-or-refused');
    }
  }
}

/** Little files of which much is made. @param {import('./random.mjs').Random} draw @returns {import('./corpus.mjs').Input} */
function bombInput(draw) {
  const header = names.join(',');
  const size = 900_000;
  const zeros = (/** @type {string} */ sign) => gzipSync(Buffer.alloc(300 << 20, sign), { level: 9 });
  const bombs = [
    ['quotes', () => ({ ending: 'csv', bytes: joined([`${header}\n`, '"'.repeat(size + draw.below(2))]) })],
    ['separators', () => ({ ending: 'csv', bytes: joined([`${header}\n`, ','.repeat(size)]) })],
    ['line feeds', () => ({ ending: 'csv', bytes: joined([`${header}\n`, '\n'.repeat(size)]) })],
    ['carriage returns', () => ({ ending: 'csv', bytes: joined([`${header}\n`, '\r'.repeat(size)]) })],
    ['columns', () => ({ ending: 'csv', bytes: joined([header, ',x'.repeat(size / 2), '\n']) })],
    ['digits', () => ({ ending: 'csv', bytes: joined([`${header}\n`, '9'.repeat(size)]) })],
    ['one label', () => ({ ending: 'csv', bytes: joined([`${header}\n100000,2018-01,`, 'x'.repeat(size), ',,1,30,1,1,1,1\n']) })],
    ['a header without end', () => ({ ending: 'csv', bytes: joined(['"', 'x'.repeat(size)]) })],
    ['a gzip of zeros', () => ({ ending: 'csv.gz', bytes: new Uint8Array(zeros('\0')) })],
    ['a gzip of one line', () => ({ ending: 'csv.gz', bytes: new Uint8Array(zeros('x')) })],
    ['a gzip of blank lines', () => ({ ending: 'csv.gz', bytes: joined([gzipSync(`${header}\n`), zeros('\n')]) })],
    ['starts of gzip', () => ({ ending: 'csv.gz', bytes: joined([gzipSync(`${header}\n`), new Uint8Array(Buffer.alloc(size, Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])))]) })],
    ['gzip within gzip', () => ({ ending: 'csv.gz', bytes: new Uint8Array(gzipSync(gzipSync(header))) })],
  ];
  const [what, make] = /** @type {[string, () => { ending: string, bytes: Uint8Array }]} */ (draw.pick(bombs));
  return { what: `a bomb of ${what}`, ...make(), expect: what === 'line feeds' || what === 'carriage returns' || what === 'one label' || what === 'a gzip of blank lines' ? 'any' : 'refused' };
}

/** Gzip members, changed where their structure is. @param {import('./random.mjs').Random} draw @returns {import('./corpus.mjs').Input} */
export function gzipInput(draw) {
  const text = written(draw, [names, ...rows], { ...dressOf(draw), encoding: 'utf-8', separator: ',', decimalComma: false, named: false });
  const member = (/** @type {Uint8Array} */ bytes, { flags = 0, header = new Uint8Array(0), crc = 0, size = 0, name = '' } = {}) => {
    const end = new DataView(new ArrayBuffer(8));
    const sound = Buffer.from(gzipSync(bytes));
    end.setUint32(0, (sound.readUInt32LE(sound.length - 8) ^ crc) >>> 0, true);
    end.setUint32(4, (bytes.length + size) >>> 0, true);
    return joined([Uint8Array.of(0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3), header, name, deflateRawSync(bytes), new Uint8Array(end.buffer)]);
  };
  const at = draw.below(text.length);
  const halves = [text.subarray(0, at), text.subarray(at)];
  const input = (/** @type {string} */ what, /** @type {Uint8Array} */ bytes, /** @type {import('./corpus.mjs').Expectation} */ expect) => ({ what, ending: 'csv.gz', bytes, expect });
  const two = joined(halves.map((half) => member(half)));
  switch (draw.below(12)) {
    case 0: return input('two members', two, 'same');
    case 1: return input('a name in the header', member(text, { flags: 8, name: 'data.csv\0' }), 'same');
    case 2: return input('an extra field', member(text, { flags: 4, header: Uint8Array.of(6, 0, 66, 67, 2, 0, 1, 2) }), 'same');
    case 3: return input('a wrong checksum', member(text, { crc: 1 << draw.below(31) }), 'refused');
    case 4: return input('a wrong size', member(text, { size: draw.pick([1, -1, 2 ** 31, 65536]) }), 'refused');
    case 5: return input('a second member with a wrong checksum', joined([member(halves[0]), member(halves[1], { crc: 255 })]), 'refused');
    case 6: return input('flags of no meaning', member(text, { flags: draw.pick([0x20, 0x40, 0x80]) }), 'refused');
    case 7: return input('bytes after the last member', joined([two, new Uint8Array(1 + draw.below(100)).map(() => 1 + draw.below(255))]), 'refused');
    case 8: {
      const cut = draw.below(two.length);
      // The first half alone is a whole gzip file of a cut text.
      return input(`cut to ${cut} bytes`, two.slice(0, cut), cut === member(halves[0]).length ? 'any' : 'refused');
    }
    case 9: return input('empty members between', joined([member(new Uint8Array(0)), member(halves[0]), member(new Uint8Array(0)), member(halves[1])]), 'same');
    case 10: return input('an extra field that says it is longer', member(text, { flags: 4, header: Uint8Array.of(255, 255) }), 'refused');
    default: {
      const place = 10 + draw.below(two.length - 10);
      return input(`a bit flipped at ${place}`, flipped(two, place, draw.below(8)), 'same-or-refused');
    }
  }
}
