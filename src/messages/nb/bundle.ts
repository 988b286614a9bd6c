import type { Catalogue } from '../catalogue.ts';
import type { bundle as english } from '../en/bundle.ts';
import { counted } from '../words.ts';

export const bundle: Pick<Catalogue, keyof typeof english> = {
  'data.no-bundle': ({ reason }) =>
    reason === 'not-arrow'
      ? 'Dette er ikke et lagret regnestykke (bundle): Det begynner ikke slik en Arrow-fil gjør.'
      : 'Denne Arrow-filen er ikke et lagret regnestykke (bundle): Den sier ikke hvilken versjon den er av.',
  'data.bundle-cut-off': ({ bytes }) => `Det lagrede regnestykket er avkuttet: Etter ${bytes} byte er slutten av Arrow-filen ikke kommet. Hent eller lagre det på nytt.`,
  'data.bundle-version': ({ found, version }) =>
    `Det lagrede regnestykket er av versjon ${found}, og dette programmet leser versjon ${version}. Lagre det på nytt med dette programmet.`,
  'data.bundle-damaged': ({ detail }) => `Det lagrede regnestykket er skadet: ${detail}. Hent eller lagre det på nytt.`,
  'memory.bundle': ({ values, most }) =>
    `Det lagrede regnestykket ville romme ${counted(values, 'verdi', 'verdier')} av én type; høyst ${most} er mulig. Ta vare på færre oppdelinger.`,
};
