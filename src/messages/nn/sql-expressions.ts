import type { Catalogue } from '../catalogue.ts';
import type { sqlExpressions as english } from '../en/sql-expressions.ts';

export const sqlExpressions: Pick<Catalogue, keyof typeof english> = {
  'spec.sql-semicolon': ({ sql }) =>
    `«${sql}» er meir enn eitt uttrykk: det har eit semikolon utanfor tekst. Skriv eitt vilkår.`,
  'spec.sql-unbalanced': ({ sql }) =>
    `«${sql}» har parentesar som ikkje passar saman. Lukk kvar som er open.`,
  'spec.sql-unclosed': ({ sql }) =>
    `«${sql}» har ein tekst, eit namn eller ein kommentar som ikkje sluttar. Lukk han.`,
  'spec.sql-dollar': ({ sql }) =>
    `«${sql}» har ein $, som innleier parametrar og tekstar av eit anna slag. Skriv tekstar mellom enkle hermeteikn.`,
  'spec.sql-place': ({ sql }) =>
    `«${sql}» har ein #, som kallar kolonnar ved plassen, og han heng på fila. Skriv namnet på kolonnen.`,
  'spec.sql-statement': ({ sql, word }) =>
    `«${sql}» er ikkje eit uttrykk i kolonnane til ei rad: det har ${word.toUpperCase()}. Set namnet mellom doble hermeteikn om det er ein kolonne.`,
  'spec.sql-function': ({ sql, name }) =>
    `«${sql}» kallar ${name}, som ikkje gjev eit svar av rada åleine, eller er ukjend. Dei same radene må alltid gje det same svaret.`,
  'spec.sql-nothing': () =>
    'Eit vilkår er tomt. Skriv eit SQL-uttrykk i kolonnane til tabellen.',
  'spec.sql-changed': () =>
    'SQL-en i køyringa endrar databasen som reknar han ut. Skriv uttrykk i kolonnane til ei rad åleine.',
};
