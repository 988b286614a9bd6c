/** What a file is that is not what its name says, by the bytes at its beginning. */

export type ForeignKind =
  | 'excel' | 'old-excel' | 'zip' | 'gzip' | 'zstd' | 'spss' | 'stata' | 'sas' | 'parquet' | 'arrow' | 'feather' | 'sqlite' | 'pdf' | 'json'
  | 'web-page' | 'rdata' | 'binary';

const signatures: readonly (readonly [ForeignKind, readonly (number | string)[]])[] = [
  ['old-excel', [0xd0, 0xcf, 0x11, 0xe0]],
  ['gzip', [0x1f, 0x8b]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['spss', ['$', 'F', 'L']],
  ['stata', ['<', 's', 't', 'a', 't', 'a', '_', 'd', 't', 'a', '>']],
  ['sas', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xc2, 0xea, 0x81, 0x60]],
  ['parquet', ['P', 'A', 'R', '1']],
  ['parquet', ['P', 'A', 'R', 'E']],
  ['arrow', ['A', 'R', 'R', 'O', 'W', '1']],
  ['feather', ['F', 'E', 'A', '1']],
  ['sqlite', [...'SQLite format 3']],
  ['pdf', ['%', 'P', 'D', 'F', '-']],
  ['rdata', ['R', 'D', 'X']],
];

const zipSignature = [0x50, 0x4b, 0x03, 0x04];
const code = (sign: number | string): number => (typeof sign === 'number' ? sign : sign.charCodeAt(0));
const begins = (head: Uint8Array, signature: readonly (number | string)[]): boolean => signature.every((sign, k) => head[k] === code(sign));

/** Null for what may be text. */
export function foreignKind(head: Uint8Array): ForeignKind | null {
  const known = signatures.find(([, signature]) => begins(head, signature));
  if (known !== undefined) return known[0];
  const text = new TextDecoder('latin1').decode(head);
  if (begins(head, zipSignature)) return /\[Content_Types\]\.xml|_rels\/|xl\//.test(text) ? 'excel' : 'zip';
  // Stata before version 117: release, byte order, type of file.
  if (head[0]! >= 0x69 && head[0]! <= 0x73 && (head[1] === 1 || head[1] === 2) && head[2] === 1 && head[3] === 0) return 'stata';
  const start = text.replace(/^\u00ef\u00bb\u00bf/, '').trimStart().slice(0, 64);
  if (/^<(!doctype|html|\?xml)/i.test(start)) return 'web-page';
  if (/^(\{\s*"|\[\s*[[{"])/.test(start)) return 'json';
  return null;
}
