export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const storageKey = 'arbeidsindikator.theme';

/** Fired on `window` when colours may have changed: charts are drawn again. */
export const themeEvent = 'arbeid-theme';

const announceChange = (): void => void window.dispatchEvent(new Event(themeEvent));

export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  try {
    localStorage.setItem(storageKey, theme);
  } catch {
    // As for the language: without storage the choice lasts as long as the page.
  }
  announceChange();
}

export function rememberedTheme(): Theme {
  try {
    const stored = localStorage.getItem(storageKey);
    return themes.find((theme) => theme === stored) ?? 'system';
  } catch {
    return 'system';
  }
}

for (const query of ['(prefers-color-scheme: dark)', '(forced-colors: active)']) {
  matchMedia(query).addEventListener('change', announceChange);
}
