/** What a file is that is not what its name says, by the bytes at its beginning. */

export type ForeignKind =
  | 'excel'
  | 'old-excel'
  | 'ods'
  | 'zip'
  | 'gzip'
  | 'bzip2'
  | 'xz'
  | '7z'
  | 'lz4'
  | 'rar'
  | 'zstd'
  | 'spss'
  | 'stata'
  | 'sas'
  | 'parquet'
  | 'arrow'
  | 'feather'
  | 'orc'
  | 'avro'
  | 'sqlite'
  | 'pdf'
  | 'rtf'
  | 'json'
  | 'web-page'
  | 'rdata'
  | 'text'
  | 'empty'
  | 'binary';

type Signature = readonly [ForeignKind, readonly (number | string)[]];

/** No text begins like these. */
const signatures: readonly Signature[] = [
  ['old-excel', [0xd0, 0xcf, 0x11, 0xe0]],
  ['gzip', [0x1f, 0x8b]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['xz', [0xfd, ...'7zXZ', 0]],
  ['7z', [...'7z', 0xbc, 0xaf, 0x27, 0x1c]],
  ['lz4', [0x04, 0x22, 0x4d, 0x18]],
  ['rar', [...'Rar!', 0x1a, 0x07]],
  ['stata', [...'<stata_dta>']],
  ['spss', [...'ASCII SPSS PORT FILE']],
  ['sas', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xc2, 0xea, 0x81, 0x60]],
  ['avro', [...'Obj', 1]],
  ['sqlite', [...'SQLite format 3', 0]],
  ['pdf', [...'%PDF-']],
  ['rtf', [...'{\\rtf']],
];

/** A header may begin like these too, as with PARENT or ORCID: signs that no text has tell the two apart. */
const wordSignatures: readonly Signature[] = [
  ['spss', [...'$FL']],
  ['parquet', [...'PAR1']],
  ['parquet', [...'PARE']],
  ['arrow', [...'ARROW1']],
  ['feather', [...'FEA1']],
  ['orc', [...'ORC']],
  ['rdata', [...'RDX']],
  ['bzip2', [...'BZh']],
];

const zipSignature = [0x50, 0x4b, 0x03, 0x04];
const code = (sign: number | string): number => (typeof sign === 'number' ? sign : sign.charCodeAt(0));
const begins = (head: Uint8Array, signature: readonly (number | string)[]): boolean => signature.every((sign, k) => head[k] === code(sign));

/** A control character that text has no use for. */
const isBinary = (head: Uint8Array): boolean => head.some((byte) => byte < 9 || (byte > 13 && byte < 27));

const looked = 4096;

/** Null for what may be text. */
export function foreignKind(bytes: Uint8Array): ForeignKind | null {
  const head = bytes.subarray(0, looked);
  const known =
    signatures.find(([, signature]) => begins(head, signature)) ??
    wordSignatures.find(([, signature]) => begins(head, signature) && isBinary(head));
  if (known !== undefined) return known[0];
  const text = new TextDecoder('latin1').decode(head);
  if (begins(head, zipSignature))
    return /\[Content_Types\]\.xml|_rels\/|xl\//.test(text)
      ? 'excel'
      : text.includes('opendocument.spreadsheet')
        ? 'ods'
        : 'zip';
  // Stata before version 117: release, byte order, type of file.
  if (head[0]! >= 0x69 && head[0]! <= 0x73 && (head[1] === 1 || head[1] === 2) && head[2] === 1 && head[3] === 0) return 'stata';
  const start = text.replace(/^\u00ef\u00bb\u00bf/, '').trimStart().slice(0, 64);
  if (/^<(!--|(!doctype|html|head|body|table|\?xml)\b)/i.test(start)) return 'web-page';
  if (/^(\{\s*"|\[\s*[[{"])/.test(start)) return 'json';
  return null;
}

/**
 * What a file is that is named as a table of another format; null where its beginning is like nothing that is known.
 */
export function foreignTable(bytes: Uint8Array): ForeignKind | null {
  if (bytes.length === 0) return 'empty';
  const kind = foreignKind(bytes);
  if (kind !== null) return kind;
  const head = bytes.subarray(0, looked);
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
  } catch {
    return null;
  }
  return isBinary(head) ? null : 'text';
}
