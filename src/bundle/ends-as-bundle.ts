/** Key of the Arrow schema's metadata that a bundle's version stands under. */
export const versionKey = 'arbeidsindikator.bundle';

/** As many bytes as it takes to tell: an Arrow file ends with its schema. */
export const bundleTailBytes = 8192;

/** Whether the last bytes of a file are those of a bundle, of whatever version; sound or not is found when it is read. */
export function endsAsBundle(bytes: Uint8Array): boolean {
  const text = String.fromCharCode(...bytes.subarray(-bundleTailBytes));
  return text.endsWith('ARROW1') && text.includes(versionKey);
}
