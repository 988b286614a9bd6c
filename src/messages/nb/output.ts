import type { Catalogue } from '../catalogue.ts';
import type { output as english } from '../en/output.ts';

export const output: Pick<Catalogue, keyof typeof english> = {
  'output.cannot-write': ({ out, reason }) => `Kan ikke skrive til ${out} (${reason}); gi --out en mappe det kan skrives i, med plass på disken.`,
  'output.is-file': ({ out }) => `${out} er en fil; gi --out en mappe.`,
  'output.under-file': ({ out, file }) => `${out} kan ikke opprettes, fordi ${file} er en fil; gi --out en annen mappe.`,
  'output.holds-working-directory': ({ out }) => `${out} inneholder arbeidsmappen; gi --out en egen mappe.`,
  'output.not-empty': ({ out, held }) =>
    `${out} inneholder ${held} ${held === 1 ? 'fil eller mappe' : 'filer eller mapper'}; bruk --force for å erstatte mappen med alt som er i den, eller velg en annen.`,
  'output.synthetic': ({ reason }) => `Den syntetiske befolkningen kan ikke skrives: ${reason}`,
  'output.cannot-print': ({ reason }) => `Standard ut kan ikke skrives (${reason}). Filene i --out er komplette.`,
};
