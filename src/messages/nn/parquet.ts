import type { Catalogue } from '../catalogue.ts';
import type { parquet as english } from '../en/parquet.ts';

export const parquet: Pick<Catalogue, keyof typeof english> = {
  'data.parquet-damaged': ({ file, detail }) => `${file} kan ikkje lesast som Parquet: ${detail}. Skriv fila på nytt.`,
  'data.parquet-page': ({ file, column, group, detail }) =>
    `${file}, kolonnen ${column}, radgruppe ${group}: ${detail}. Skriv fila på nytt.`,
  'data.parquet-encrypted': ({ file, columns }) =>
    columns.length === 0
      ? `${file} er kryptert. Skriv ho utan kryptering.`
      : `${file}: ${columns.length === 1 ? 'éin kolonne er kryptert' : `${columns.length} kolonnar er krypterte`}: ${columns.join(', ')}. ` +
        'Skriv fila utan kryptering.',
  'data.instants': ({ file, column, row, instant }) =>
    `${file}, kolonnen ${column}: fila har tidspunkt og seier ikkje kva tidssone månadene er i; rad ${row} er ${instant}. ` +
    'Oppgje --time-zone, som i --time-zone Europe/Oslo, eller skriv datoar.',
};
