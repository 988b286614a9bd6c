/** Key of the Arrow schema's metadata that a bundle's version stands under. */
export const versionKey = 'arbeidsindikator.bundle';

/** As many bytes as it takes to tell: an Arrow file begins with its schema. */
export const bundleHeadBytes = 4096;

/** Whether the first bytes of a file are those of a bundle, of whatever version; whole or not is found when it is read. */
export function beginsAsBundle(head: Uint8Array): boolean {
  const text = String.fromCharCode(...head.subarray(0, bundleHeadBytes));
  return text.startsWith('ARROW1') && text.includes(versionKey);
}
