import type { Catalogue } from '../catalogue.ts';
import type { bundle as english } from '../en/bundle.ts';
import { counted } from '../words.ts';

export const bundle: Pick<Catalogue, keyof typeof english> = {
  'data.no-bundle': ({ reason }) =>
    reason === 'not-arrow'
      ? 'Dette er ikkje eit lagra reknestykke (bundle): Det byrjar ikkje slik ei Arrow-fil gjer.'
      : 'Denne Arrow-fila er ikkje eit lagra reknestykke (bundle): Ho seier ikkje kva versjon ho er av.',
  'data.bundle-cut-off': ({ bytes }) => `Det lagra reknestykket er avkutta: Etter ${bytes} byte er slutten av Arrow-fila ikkje komen. Hent eller lagre det på nytt.`,
  'data.bundle-version': ({ found, version }) =>
    `Det lagra reknestykket er av versjon ${found}, og dette programmet les versjon ${version}. Lagre det på nytt med dette programmet.`,
  'data.bundle-damaged': ({ detail }) => `Det lagra reknestykket er skadd: ${detail}. Hent eller lagre det på nytt.`,
  'memory.bundle': ({ values, most }) =>
    `Det lagra reknestykket ville romme ${counted(values, 'verdi', 'verdiar')} av éin type; høgst ${most} er mogleg. Ta vare på færre oppdelingar.`,
};
