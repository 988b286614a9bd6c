import type { Catalogue } from '../catalogue.ts';
import type { sqlExpressions as english } from '../en/sql-expressions.ts';

export const sqlExpressions: Pick<Catalogue, keyof typeof english> = {
  'spec.sql-semicolon': ({ sql }) =>
    `«${sql}» er mer enn ett uttrykk: det har et semikolon utenfor tekst. Skriv én betingelse.`,
  'spec.sql-unbalanced': ({ sql }) =>
    `«${sql}» har parenteser som ikke passer sammen. Lukk hver som er åpen.`,
  'spec.sql-unclosed': ({ sql }) =>
    `«${sql}» har en tekst, et navn eller en kommentar som ikke slutter. Lukk den.`,
  'spec.sql-dollar': ({ sql }) =>
    `«${sql}» har en $, som innleder parametere og tekster av et annet slag. Skriv tekster mellom enkle anførselstegn.`,
  'spec.sql-place': ({ sql }) =>
    `«${sql}» har en #, som kaller kolonner ved plassen, og den henger på filen. Skriv navnet på kolonnen.`,
  'spec.sql-statement': ({ sql, word }) =>
    `«${sql}» er ikke et uttrykk i kolonnene til en rad: det har ${word.toUpperCase()}. Sett navnet mellom doble anførselstegn om det er en kolonne.`,
  'spec.sql-function': ({ sql, name }) =>
    `«${sql}» kaller ${name}, som ikke gir et svar av raden alene, eller er ukjent. De samme radene må alltid gi det samme svaret.`,
  'spec.sql-nothing': () =>
    'En betingelse er tom. Skriv et SQL-uttrykk i kolonnene til tabellen.',
  'spec.sql-changed': () =>
    'SQL-en i kjøringen endrer databasen som beregner den. Skriv uttrykk i kolonnene til en rad alene.',
};
