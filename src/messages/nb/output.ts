import { counted, listed } from '../words.ts';
import type { Catalogue } from '../catalogue.ts';
import type { output as english } from '../en/output.ts';

export const output: Pick<Catalogue, keyof typeof english> = {
  'output.cannot-write': ({ out, reason }) => `Kan ikke skrive til ${out} (${reason}); gi --out en mappe det kan skrives i, med plass på disken.`,
  'output.is-file': ({ out }) => `${out} er en fil; gi --out en mappe.`,
  'output.under-file': ({ out, file }) => `${out} kan ikke opprettes, fordi ${file} er en fil; gi --out en annen mappe.`,
  'output.holds-working-directory': ({ out }) => `${out} inneholder arbeidsmappen; gi --out en egen mappe.`,
  'output.not-empty': ({ out, held }) =>
    `${out} inneholder ${counted(held, 'fil eller mappe', 'filer eller mapper')}; bruk --force for å erstatte resultatene fra en tidligere kjøring, eller velg en annen mappe.`,
  'output.holds-others': ({ out, others, first }) =>
    `${out} inneholder ${counted(others, 'fil eller mappe', 'filer eller mapper')} som ingen tidligere kjøring har skrevet (${listed(first, others)}); --force erstatter bare resultater. Flytt det som er ditt, eller velg en annen mappe.`,
  'output.mount-point': ({ out }) => `${out} er toppen av en egen disk, og ingen ferdig mappe kan ta plassen dens; gi --out en mappe i den.`,
  'output.synthetic': ({ reason }) => `Den syntetiske befolkningen kan ikke skrives: ${reason}`,
  'output.cannot-print': ({ reason }) => `Standard ut kan ikke skrives (${reason}). Filene i --out er komplette.`,
};
