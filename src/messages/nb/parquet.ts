import type { Catalogue } from '../catalogue.ts';
import type { parquet as english } from '../en/parquet.ts';

export const parquet: Pick<Catalogue, keyof typeof english> = {
  'data.parquet-damaged': ({ file, detail }) => `${file} kan ikke leses som Parquet: ${detail}. Skriv filen på nytt.`,
  'data.parquet-page': ({ file, column, group, detail }) =>
    `${file}, kolonnen ${column}, radgruppe ${group}: ${detail}. Skriv filen på nytt.`,
  'data.parquet-encrypted': ({ file, columns }) =>
    columns.length === 0
      ? `${file} er kryptert. Skriv den uten kryptering.`
      : `${file}: ${columns.length === 1 ? 'én kolonne er kryptert' : `${columns.length} kolonner er kryptert`}: ${columns.join(', ')}. ` +
        'Skriv filen uten kryptering.',
  'data.instants': ({ file, column, row, instant }) =>
    `${file}, kolonnen ${column}: filen har tidspunkter og sier ikke hvilken tidssone månedene er i; rad ${row} er ${instant}. ` +
    'Oppgi --time-zone, som i --time-zone Europe/Oslo, eller skriv datoer.',
};
