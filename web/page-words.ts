import { inWords, type Catalogue, type Message } from '../src/messages/catalogue.ts';
import { en } from '../src/messages/en.ts';
import { nb } from '../src/messages/nb.ts';
import { nn } from '../src/messages/nn.ts';
import { currentLocale, type Locale } from './locale.ts';

const catalogues: Readonly<Record<Locale, Catalogue>> = { nb, nn, en };

/** The engine's sentence in the page's language. */
export const inPageWords = (message: Message): string => inWords(catalogues[currentLocale()], message);
