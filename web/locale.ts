import { configureLocalization } from '@lit/localize';
import * as en from './locales/en.ts';
import * as nn from './locales/nn.ts';

/** Bokmål is the language the texts are written in; the two others are in `locales/`. */
export const locales = ['nb', 'nn', 'en'] as const;
export type Locale = (typeof locales)[number];

const modules = { nn, en };

const localization = configureLocalization({
  sourceLocale: 'nb',
  targetLocales: ['nn', 'en'],
  loadLocale: (locale) => Promise.resolve(modules[locale as keyof typeof modules]),
});

export const currentLocale = (): Locale => localization.getLocale() as Locale;

/** What Intl is asked for: always this, never the browser's own language. */
export const intlLocale = (): string => ({ nb: 'nb-NO', nn: 'nn-NO', en: 'en-GB' })[currentLocale()];

const storageKey = 'arbeidsindikator.locale';

export async function changeLocale(locale: Locale): Promise<void> {
  await localization.setLocale(locale);
  document.documentElement.lang = locale;
  try {
    localStorage.setItem(storageKey, locale);
  } catch {
    // Storage may be closed to the page; the choice then lasts as long as the page does.
  }
}

/** The language chosen last time, or bokmål. */
export function rememberedLocale(): Locale {
  try {
    const stored = localStorage.getItem(storageKey);
    return locales.find((locale) => locale === stored) ?? 'nb';
  } catch {
    return 'nb';
  }
}
