import type { en } from './en.ts';

/** A code of the catalogue: its kind, a dot, and what is wrong, as in `data.no-person`; `warning.` begins those that stop nothing. */
export type MessageCode = keyof typeof en;

/** What a code's sentence is made of: names, counts and values, so that programs and other languages have them too. */
export type MessageArgs<C extends MessageCode> = Parameters<(typeof en)[C]>[0];

/** The sentences of one language. */
export type Catalogue = { readonly [C in MessageCode]: (args: MessageArgs<C>) => string };

/** A code with its arguments: what an error or a warning is before it is put in words. */
export type Message = { readonly [C in MessageCode]: { readonly code: C; readonly args: MessageArgs<C> } }[MessageCode];

/** The sentence of a message in a language. */
export const inWords = (catalogue: Catalogue, { code, args }: Message): string => (catalogue[code] as (args: unknown) => string)(args);

/** What has to be known of a result, and stops nothing. */
export type Warning = Extract<Message, { readonly code: `warning.${string}` }>;

/** A message as programs get it: code, arguments and the sentence. */
export const spelledOut = (catalogue: Catalogue, message: Message): object => ({ ...message, message: inWords(catalogue, message) });
