/** Of Parquet files that are damaged, encrypted, or hold instants of no zone. */
export const parquet = {
  'data.parquet-damaged': ({ file, detail }: { file: string; detail: string }) =>
    `${file} cannot be read as Parquet: ${detail}. Write the file again.`,
  'data.parquet-page': ({ file, column, group, detail }: { file: string; column: string; group: number; detail: string }) =>
    `${file}, column ${column}, row group ${group}: ${detail}. Write the file again.`,
  'data.parquet-encrypted': ({ file, columns }: { file: string; columns: readonly string[] }) =>
    columns.length === 0
      ? `${file} is encrypted. Write it without encryption.`
      : `${file}: ${columns.length === 1 ? 'a column is' : `${columns.length} columns are`} encrypted: ${columns.join(', ')}. ` +
        'Write the file without encryption.',
  'data.instants': ({ file, column, row, instant }: { file: string; column: string; row: number; instant: string }) =>
    `${file}, column ${column}: the file holds moments and does not say in which time zone their months are; row ${row} is ${instant}. ` +
    'Give --time-zone, as in --time-zone Europe/Oslo, or write dates.',
};
