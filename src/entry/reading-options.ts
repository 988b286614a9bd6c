import { InvalidArgumentError, type Command } from 'commander';
import type { ReadingOptions } from '../register/partition.ts';
import { knownEncoding } from '../register/text-encoding.ts';
import { isTimeZone } from '../register/time-zone.ts';

/** Flags of the commands that read tables: what files do not say of themselves. */
export interface ReadingFlags {
  readonly encoding?: string;
  readonly timeZone?: string;
  readonly allowUnfinished?: boolean;
}

function encodingName(text: string): string {
  const name = knownEncoding(text);
  if (name === null) throw new InvalidArgumentError('It must be an encoding, as in windows-1252, iso-8859-1 or utf-16le.');
  return name;
}

function timeZoneName(text: string): string {
  if (!isTimeZone(text)) throw new InvalidArgumentError('It must be a time zone, as in Europe/Oslo or +01:00.');
  return text;
}

export const addReadingOptions = (command: Command): Command =>
  command
    .option('--encoding <name>', 'of CSV files that are not UTF-8 or UTF-16, as in windows-1252', encodingName)
    .option('--time-zone <zone>', 'in which moments have their months, where files do not say, as in Europe/Oslo', timeZoneName)
    .option('--allow-unfinished', 'read Arrow streams that end without their mark as far as they go');

/** The options that were given. */
export const readingOf = ({ encoding, timeZone, allowUnfinished }: ReadingFlags): ReadingOptions => ({
  ...(encoding === undefined ? {} : { encoding }),
  ...(timeZone === undefined ? {} : { timeZone }),
  ...(allowUnfinished ? { allowUnfinished } : {}),
});
