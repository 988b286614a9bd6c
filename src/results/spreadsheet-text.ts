/** A spreadsheet takes text that begins like this for a formula, full-width signs too. */
const formulaStart = /^[\s\u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20]/;

/** Whether a spreadsheet would compute a text that it reads from a file, or that somebody edits in a cell. */
export const isComputed = (text: string): boolean => formulaStart.test(text);

/** The text as a spreadsheet shows it and computes nothing: with an apostrophe before it where it needs one. */
export const neutralised = (text: string): string => (isComputed(text) ? `'${text}` : text);
