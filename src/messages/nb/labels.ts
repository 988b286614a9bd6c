import type { Catalogue } from '../catalogue.ts';
import type { labels as english } from '../en/labels.ts';

export const labels: Pick<Catalogue, keyof typeof english> = {
  'data.half-numbers': ({ column, found, listed, text }) =>
    `Kolonnen ${column} har ${JSON.stringify(found)}, som bare er den listede gruppen ${JSON.stringify(listed)} som tall; men der står også ${JSON.stringify(text)}, så verdiene er tekst og ${JSON.stringify(found)} en egen gruppe. Skriv verdiene likt, eller ta ${JSON.stringify(found)} med i separateBy.`,
  'spec.same-number-listed': ({ column, labels: [one, other] }) =>
    `separateBy lister ${JSON.stringify(one)} og ${JSON.stringify(other)}, og ${column} er en kolonne av tall, der de er én gruppe. Utelat én av dem.`,
  'data.numbers-apart': ({ column, labels: [one, other], text }) =>
    `Kolonnen ${column} har ${JSON.stringify(one)} og ${JSON.stringify(other)}, som er ett tall, og ${JSON.stringify(text)}, så verdiene er tekst og de to hver for seg. Rader beskrives mens de leses, og ble talt sammen: skriv verdiene likt.`,
};
