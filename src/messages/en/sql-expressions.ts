/** Of SQL that is no single expression on the columns of a row. */
export const sqlExpressions = {
  'spec.sql-semicolon': ({ sql }: { sql: string }) =>
    `"${sql}" is more than one expression: it has a semicolon outside text. Write one condition.`,
  'spec.sql-unbalanced': ({ sql }: { sql: string }) =>
    `"${sql}" has brackets that do not match. Close each that is open.`,
  'spec.sql-unclosed': ({ sql }: { sql: string }) =>
    `"${sql}" has a text, a name or a comment that does not end. Close it.`,
  'spec.sql-dollar': ({ sql }: { sql: string }) =>
    `"${sql}" has a $, by which parameters and texts of another kind begin. Write texts between single quotes.`,
  'spec.sql-place': ({ sql }: { sql: string }) =>
    `"${sql}" has a #, by which columns are called by their place, which hangs on the file. Write the name of the column.`,
  'spec.sql-statement': ({ sql, word }: { sql: string; word: string }) =>
    `"${sql}" is no expression on the columns of a row: it has ${word.toUpperCase()}. Put the name between double quotes if it is a column.`,
  'spec.sql-function': ({ sql, name }: { sql: string; name: string }) =>
    `"${sql}" calls ${name}, whose answer does not hang on the row alone, or which is not known. The same rows must always give the same answer.`,
  'spec.sql-nothing': (_: object) =>
    'A condition is empty. Write an SQL expression on the columns of the table.',
  'spec.sql-changed': (_: object) =>
    'The SQL of the run changes the database that computes it. Write expressions on the columns of a row alone.',
};
