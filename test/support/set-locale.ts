import { msg } from '@lit/localize';
import { changeLocale } from '../../web/locale.ts';
import type { Locale } from '../../web/locale.ts';

/** Changes the language also where there is no document. */
export async function configureLocale(locale: Locale): Promise<void> {
  const globals = globalThis as { document?: unknown };
  const made = globals.document === undefined;
  if (made) globals.document = { documentElement: { lang: '' } };
  try {
    await changeLocale(locale);
    msg('');
  } finally {
    if (made) delete globals.document;
  }
}
