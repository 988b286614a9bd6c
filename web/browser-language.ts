/**
 * The chart library asks Intl for the browser's own language when it loads, and a browser started without a locale names
 * one that Intl refuses (`en-US@posix`), which would stop the page. Imported before the library.
 */
try {
  Intl.NumberFormat.supportedLocalesOf(navigator.language);
} catch {
  Object.defineProperty(navigator, 'language', { value: 'nb-NO', configurable: true });
}
