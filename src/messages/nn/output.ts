import { counted, listed } from '../words.ts';
import type { Catalogue } from '../catalogue.ts';
import type { output as english } from '../en/output.ts';

export const output: Pick<Catalogue, keyof typeof english> = {
  'output.cannot-write': ({ out, reason }) => `Kan ikkje skrive til ${out} (${reason}); gi --out ei mappe det går an å skrive i, med plass på disken.`,
  'output.is-file': ({ out }) => `${out} er ei fil; gi --out ei mappe.`,
  'output.under-file': ({ out, file }) => `${out} kan ikkje opprettast, fordi ${file} er ei fil; gi --out ei anna mappe.`,
  'output.holds-working-directory': ({ out }) => `${out} inneheld arbeidsmappa; gi --out ei eiga mappe.`,
  'output.not-empty': ({ out, held }) =>
    `${out} inneheld ${counted(held, 'fil eller mappe', 'filer eller mapper')}; bruk --force for å byte ut resultata frå ei tidlegare køyring, eller vel ei anna mappe.`,
  'output.holds-others': ({ out, others, first }) =>
    `${out} inneheld ${counted(others, 'fil eller mappe', 'filer eller mapper')} som inga tidlegare køyring har skrive (${listed(first, others)}); --force byter berre ut resultat. Flytt det som er ditt, eller vel ei anna mappe.`,
  'output.mount-point': ({ out }) => `${out} er toppen av ein eigen disk, og inga ferdig mappe kan ta plassen hans; gi --out ei mappe i han.`,
  'output.synthetic': ({ reason }) => `Den syntetiske folkesetnaden kan ikkje skrivast: ${reason}`,
  'output.cannot-print': ({ reason }) => `Standard ut kan ikkje skrivast (${reason}). Filene i --out er komplette.`,
};
