import { inWords, type Catalogue, type Message } from '../messages/catalogue.ts';

/** What has to be known of an answer. */
export type Note = Extract<Message, { readonly code: `warning.what-if-${string}` }>;

/** The same, of one outcome of one population. */
export interface OutcomeNote {
  readonly outcome: string;
  readonly population: string;
  readonly note: Note;
}

/** The outcome, its population where there are several, and the sentence. */
export function noteText(catalogue: Catalogue, { outcome, population, note }: OutcomeNote): string {
  return `${population === '' ? outcome : `${outcome} (${population})`}: ${inWords(catalogue, note)}`;
}
