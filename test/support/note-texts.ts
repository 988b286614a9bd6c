import { inWords } from '../../src/messages/catalogue.ts';
import { en } from '../../src/messages/en.ts';
import { noteText, type Note, type OutcomeNote } from '../../src/whatif/notes.ts';

/** Notes of an answer, or of one outcome of it, in English. */
export const noteTexts = (notes: readonly (OutcomeNote | Note)[]): string[] => notes.map((one) => ('note' in one ? noteText(en, one) : inWords(en, one)));
