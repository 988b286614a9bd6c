/** Checksums of a folder's files, in its manifest, which has one of its own: what was damaged or is missing is found out by whoever reads it. */

import { canonicalJson, sha256Hex } from '../spec/digest.ts';
import type { ResultFiles } from './result-files.ts';

export interface Checksums {
  /** SHA-256 of each file by name, in hex. */
  readonly files: Readonly<Record<string, string>>;
  /** SHA-256 of the manifest's canonical JSON without this field. */
  readonly manifest: string;
}

const bytesOf = (content: string | Uint8Array): Uint8Array => (typeof content === 'string' ? new TextEncoder().encode(content) : content);

export const checksumOf = (content: string | Uint8Array): Promise<string> => sha256Hex(bytesOf(content));

/** `manifest.json` of these files, sealed. */
export async function sealedManifest(manifest: object, files: ResultFiles): Promise<string> {
  const entries = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const sums = await Promise.all(entries.map(async ([name, content]) => [name, await checksumOf(content)] as const));
  return reseal({ ...manifest, checksums: { files: Object.fromEntries(sums) } });
}

/** The text of a manifest with its own checksum made anew. */
export async function reseal(manifest: { readonly checksums: Pick<Checksums, 'files'> }): Promise<string> {
  const plain = JSON.parse(JSON.stringify(manifest)) as typeof manifest;
  const { files } = plain.checksums;
  return `${JSON.stringify({ ...plain, checksums: { files, manifest: await sealOf(plain) } }, null, 2)}\n`;
}

/** Whether a manifest's own checksum holds. */
export const isSealed = async (manifest: { readonly checksums: Checksums }): Promise<boolean> => (await sealOf(manifest)) === manifest.checksums.manifest;

function sealOf(manifest: { readonly checksums: Pick<Checksums, 'files'> }): Promise<string> {
  const { files } = manifest.checksums;
  return sha256Hex(new TextEncoder().encode(canonicalJson({ ...manifest, checksums: { files } })));
}
