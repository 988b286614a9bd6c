/** Sixteen bytes as the text of a UUID (RFC 9562), in lower case. */

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const dashesBefore = new Set([4, 6, 8, 10]);

export function uuidText(bytes: Uint8Array, at: number): string {
  let text = '';
  for (let i = 0; i < 16; i++) text += (dashesBefore.has(i) ? '-' : '') + hex[bytes[at + i]!]!;
  return text;
}
