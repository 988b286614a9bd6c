import type { MessageCode } from '../../src/messages/catalogue.ts';
import { sourceFiles } from './source-files.ts';

/** Values that an argument may have, two at least, where it has a choice. */
export type Samples = readonly unknown[];

/** What a code's sentence is made of, by the name of the argument. */
export type ArgumentSamples = ReadonlyMap<string, Samples>;

/**
 * The codes of the English catalogue with samples of each argument, from the types as they stand in the source: text, numbers
 * (1 and 2, for the plurals, and one of bytes), truth values, literals, null, lists, records, and the types of `named`.
 */
export function sampledCodes(named: Readonly<Record<string, Samples>>): Map<MessageCode, ArgumentSamples> {
  const codes = new Map<MessageCode, ArgumentSamples>();
  for (const { path, code } of sourceFiles(['src/messages/en'], /\.ts$/)) {
    const here = { ...named, ...interfacesOf(code, named) };
    for (const { 0: start, 1: name, index } of code.matchAll(/^ {2}'([a-z-]+\.[\w-]+)':\s*\(/gm)) {
      const at = index + start.length;
      const parameter = code.slice(at, closing(code, at - 1)).trim();
      try {
        codes.set(name as MessageCode, argumentsOf(parameter, here));
      } catch (error) {
        throw new Error(`${path}: ${name}: ${(error as Error).message}`);
      }
    }
  }
  return codes;
}

/** Samples of the interfaces that a file declares for its own sentences. */
function interfacesOf(code: string, named: Readonly<Record<string, Samples>>): Record<string, Samples> {
  const found: Record<string, Samples> = {};
  for (const { 0: start, 1: name, index } of code.matchAll(/^(?:export )?interface (\w+) \{/gm)) {
    const open = index + start.length - 1;
    found[name!] = recordsOf(membersOf(code.slice(open, closing(code, open) + 1), { ...named, ...found }));
  }
  return found;
}

function argumentsOf(parameter: string, named: Readonly<Record<string, Samples>>): ArgumentSamples {
  const from = parameter.startsWith('{') ? closing(parameter, 0) + 1 : 0;
  const type = parameter.slice(parameter.indexOf(':', from) + 1).trim();
  if (type === '' || type === 'object') return new Map();
  const parts = splitOutside(type, /&/).map((part) => part.trim());
  return new Map(parts.flatMap((part) => [...(part.startsWith('{') ? membersOf(part, named) : membersOfSamples(part, named))]));
}

function membersOfSamples(type: string, named: Readonly<Record<string, Samples>>): [string, Samples][] {
  const records = named[type] as readonly Readonly<Record<string, unknown>>[] | undefined;
  if (!records) throw new Error(`the type ${type} of the arguments is not known here: write it in place, or declare it in the file`);
  return Object.keys(records[0]!).map((name) => [name, records.map((record) => record[name])]);
}

/** `{ a: string; b: number }` */
function membersOf(type: string, named: Readonly<Record<string, Samples>>): Map<string, Samples> {
  const members = splitOutside(type.trim().slice(1, -1), /[;,]/).filter((member) => member.trim() !== '');
  return new Map(
    members.map((member) => {
      const colon = member.indexOf(':');
      const name = member.slice(0, colon).replace(/^\s*readonly /, '').trim();
      return [name, samplesOf(name, member.slice(colon + 1), named)];
    }),
  );
}

function samplesOf(name: string, type: string, named: Readonly<Record<string, Samples>>): Samples {
  const choices = splitOutside(type, /\|/).map((choice) => choice.trim()).filter((choice) => choice !== '');
  if (choices.length > 1) return choices.flatMap((choice) => samplesOf(name, choice, named));
  const one = type.trim().replace(/^readonly /, '').trim();
  if (named[one]) return named[one];
  if (one === 'string') return [`‹${name}›`, `‹${name}′›`];
  if (one === 'number') return [1, 2, 3 * 2 ** 30];
  if (one === 'boolean') return [true, false];
  if (one === 'null') return [null];
  if (/^'[^']*'$/.test(one)) return [one.slice(1, -1)];
  if (/^-?\d+$/.test(one)) return [Number(one)];
  if (one.endsWith('[]')) return listsOf(samplesOf(name, one.slice(0, -2).replace(/^\((.*)\)$/s, '$1'), named));
  if (one.startsWith('[')) return tuplesOf(splitOutside(one.slice(1, -1), /,/).map((part) => samplesOf(name, part.replace(/^\s*\w+:/, ''), named)));
  if (one.startsWith('{')) return recordsOf(membersOf(one, named));
  throw new Error(`the type ${one} of ${name} is not one that the test can sample: write it in place, or give samples of it`);
}

const listsOf = (items: Samples): Samples => [items.slice(0, 1), items.length > 1 ? items : [...items, ...items]];

const pick = (samples: Samples, k: number): unknown => samples[k % samples.length];

function tuplesOf(parts: readonly Samples[]): Samples {
  return [0, 1].map((k) => parts.map((samples) => pick(samples, k)));
}

/** Every member has each of its samples in one of them. */
function recordsOf(members: ReadonlyMap<string, Samples>): Samples {
  const most = Math.max(2, ...[...members.values()].map((samples) => samples.length));
  return Array.from({ length: most }, (_, k) => Object.fromEntries([...members].map(([name, samples]) => [name, pick(samples, k)])));
}

/** Where the bracket that opens at `open` closes; texts between quotes are stepped over. */
function closing(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    const here = text[i]!;
    if (here === "'") i = text.indexOf("'", i + 1);
    else if ('([{'.includes(here)) depth++;
    else if (')]}'.includes(here) && --depth === 0) return i;
  }
  throw new Error('a bracket is not closed');
}

/** Splits where the separator stands outside brackets and quotes. */
function splitOutside(text: string, separator: RegExp): string[] {
  const parts = [''];
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const here = text[i]!;
    if ('([{<'.includes(here)) depth++;
    if (')]}>'.includes(here)) depth--;
    if (here === "'") {
      const end = text.indexOf("'", i + 1);
      parts[parts.length - 1] += text.slice(i, end + 1);
      i = end;
    } else if (depth === 0 && separator.test(here)) parts.push('');
    else parts[parts.length - 1] += here;
  }
  return parts;
}
