import type { Catalogue } from '../catalogue.ts';
import type { whatIf as english } from '../en/what-if.ts';
import { counted } from '../words.ts';

const shown = (names: readonly string[]): string => `${names.slice(0, 8).join(', ')}${names.length > 8 ? ` og ${names.length - 8} til` : ''}`;

const komma = (value: number): string => String(value).replace('.', ',');

export const whatIf: Pick<Catalogue, keyof typeof english> = {
  'warning.what-if-preview': () => 'et anslag av første orden rundt modellen slik den er; nøyaktige tall krever radene.',
  'warning.what-if-empty-levels': ({ levels }) => `Ingen i estimeringsutvalget har ${shown(levels)}: ikke noe estimat.`,
  'warning.what-if-collinear-levels': ({ levels }) => `Gitt av tidligere kolonner, og tatt ut: ${shown(levels)}.`,
  'warning.what-if-separated-levels': ({ levels }) => `Alle har samme utfall ved ${shown(levels)}: satt til side, med utfallet som forventet verdi.`,
  'warning.what-if-cells-outside': ({ cells }) => `${counted(cells, 'celle', 'celler')} har rader utenfor estimeringsutvalget på et nivå uten estimat, og har ingen forventet verdi.`,
  'warning.what-if-rows-outside': ({ rows }) =>
    `${counted(rows, 'rad', 'rader')} utenfor estimeringsutvalget har et nivå uten estimat og dermed ingen forventet verdi: ikke med i gruppene.`,
  'warning.what-if-breaks-differ': ({ covariates }) => `grensene er de samme som i beregningen; beregnet på disse månedene ville de blitt andre for ${covariates.join(', ')}.`,
  'warning.what-if-breaks-may-differ': ({ covariates }) => `grensene er de samme som i beregningen; beregnet på disse månedene kunne de blitt andre for ${covariates.join(', ')}.`,
  'warning.what-if-untold': ({ by }) => `${by.join(' × ')}: det er ikke tatt vare på hvilke av gruppene endringen faller i, så svaret kan ikke gis.`,
  'warning.what-if-empty-cells': ({ cells }) => `${counted(cells, 'celle', 'celler')} har ingen forventet verdi.`,
  'warning.what-if-withheld': ({ cells }) =>
    `${counted(cells, 'celle', 'celler')} holdes tilbake: endringen gjelder personer i celler som holdes tilbake, og hva den gjør med dem, sies ikke om noen sum de er med i. Spør med --data.`,
  'warning.what-if-nothing-kept': () => 'det er ikke tatt vare på noen summer.',
  'warning.what-if-fit-not-kept': () => 'det er ikke tatt vare på hvordan probitmodellen er nær estimatet; dette krever radene, og er utelatt.',
  'warning.what-if-one-outcome': ({ value }) => `alle har utfallet ${value}; dette krever radene, og er utelatt.`,
  'warning.what-if-levels-not-told-apart': () => 'informasjonen ved estimatet skiller ikke alle nivåene fra hverandre; dette krever radene, og er utelatt.',
  'warning.what-if-other-load': ({ months }) => `${months} ${months === 1 ? 'måned' : 'måneder'} kom fra en annen innlesing enn estimatet; dette krever radene, og er utelatt.`,
  'warning.what-if-added-levels': ({ levels }) =>
    `månedene som tas inn, har personer med ${shown(levels)}, som ikke har noe estimat; dette krever radene, og er utelatt.`,
  'warning.what-if-other-aside': ({ levels }) =>
    `andre rader blir satt til side enn i beregningen, der alle har samme utfall: ${shown(levels)}; dette krever radene, og er utelatt.`,
  'warning.what-if-months-lacking': ({ months }) =>
    `det er ingen rader i ${shown(months)}, så ${months.length === 1 ? 'den' : 'de'} endrer ingenting her.`,
  'warning.what-if-not-here': ({ names }) =>
    `uendret av det spørsmålet sier om ${shown(names)}: det gjelder andre populasjoner.`,
  'warning.what-if-partial': () => 'ikke besvart for alle populasjonene, og derfor uten tabell: den ville utelate personer.',
  'warning.what-if-preview-error': ({ whole, limit, untrusted, numbers }) =>
    `feilen i anslaget er høyst om lag ${komma(whole)} prosentpoeng for hele landet; ${untrusted} av ${counted(numbers, 'tall', 'tall')} kan være mer enn ${komma(limit)} prosentpoeng unna og er ikke til å stole på.`,
};
