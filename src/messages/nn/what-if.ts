import type { Catalogue } from '../catalogue.ts';
import type { whatIf as english } from '../en/what-if.ts';
import { counted } from '../words.ts';

const shown = (names: readonly string[]): string => `${names.slice(0, 8).join(', ')}${names.length > 8 ? ` og ${names.length - 8} til` : ''}`;

const komma = (value: number): string => String(value).replace('.', ',');

export const whatIf: Pick<Catalogue, keyof typeof english> = {
  'warning.what-if-preview': () => 'eit overslag av første orden rundt modellen slik han er; nøyaktige tal krev radene.',
  'warning.what-if-empty-levels': ({ levels }) => `Ingen i estimeringsutvalet har ${shown(levels)}: ikkje noko estimat.`,
  'warning.what-if-collinear-levels': ({ levels }) => `Gitt av tidlegare kolonnar, og teke ut: ${shown(levels)}.`,
  'warning.what-if-separated-levels': ({ levels }) => `Alle har same utfall ved ${shown(levels)}: sett til side, med utfallet som forventa verdi.`,
  'warning.what-if-cells-outside': ({ cells }) => `${counted(cells, 'celle', 'celler')} har rader utanfor estimeringsutvalet på eit nivå utan estimat, og har inga forventa verdi.`,
  'warning.what-if-rows-outside': ({ rows }) =>
    `${counted(rows, 'rad', 'rader')} utanfor estimeringsutvalet har eit nivå utan estimat og dermed inga forventa verdi: ikkje med i gruppene.`,
  'warning.what-if-breaks-differ': ({ covariates }) => `grensene er dei same som i berekninga; berekna på desse månadene ville dei vorte andre for ${covariates.join(', ')}.`,
  'warning.what-if-breaks-may-differ': ({ covariates }) => `grensene er dei same som i berekninga; berekna på desse månadene kunne dei vorte andre for ${covariates.join(', ')}.`,
  'warning.what-if-untold': ({ by }) => `${by.join(' × ')}: det er ikkje teke vare på kva for nokre av gruppene endringa fell i, så svaret kan ikkje gjevast.`,
  'warning.what-if-empty-cells': ({ cells }) => `${counted(cells, 'celle', 'celler')} har inga forventa verdi.`,
  'warning.what-if-withheld': ({ cells }) =>
    `${counted(cells, 'celle', 'celler')} blir halden tilbake: endringa gjeld personar i celler som blir haldne tilbake, og kva ho gjer med dei, blir ikkje sagt om nokon sum dei er med i. Spør med --data.`,
  'warning.what-if-nothing-kept': () => 'det er ikkje teke vare på nokre summar.',
  'warning.what-if-fit-not-kept': () => 'det er ikkje teke vare på korleis probitmodellen er nær estimatet; dette krev radene, og er utelate.',
  'warning.what-if-one-outcome': ({ value }) => `alle har utfallet ${value}; dette krev radene, og er utelate.`,
  'warning.what-if-levels-not-told-apart': () => 'informasjonen ved estimatet skil ikkje alle nivåa frå kvarandre; dette krev radene, og er utelate.',
  'warning.what-if-other-load': ({ months }) => `${months} ${months === 1 ? 'månad' : 'månader'} kom frå ei anna innlesing enn estimatet; dette krev radene, og er utelate.`,
  'warning.what-if-added-levels': ({ levels }) =>
    `månadene som blir tekne inn, har personar med ${shown(levels)}, som ikkje har noko estimat; dette krev radene, og er utelate.`,
  'warning.what-if-other-aside': ({ levels }) =>
    `andre rader blir sette til side enn i berekninga, der alle har same utfall: ${shown(levels)}; dette krev radene, og er utelate.`,
  'warning.what-if-months-lacking': ({ months }) =>
    `det er ingen rader i ${shown(months)}, så ${months.length === 1 ? 'han' : 'dei'} endrar ingenting her.`,
  'warning.what-if-not-here': ({ names }) =>
    `uendra av det spørsmålet seier om ${shown(names)}: det gjeld andre populasjonar.`,
  'warning.what-if-partial': () => 'ikkje svart på for alle populasjonane, og difor utan tabell: han ville utelate personar.',
  'warning.what-if-preview-error': ({ whole, limit, untrusted, numbers }) =>
    `feilen i overslaget er høgst om lag ${komma(whole)} prosentpoeng for heile landet; ${untrusted} av ${counted(numbers, 'tal', 'tal')} kan vere meir enn ${komma(limit)} prosentpoeng unna og er ikkje til å stole på.`,
};
