import type { Catalogue } from '../catalogue.ts';
import type { labels as english } from '../en/labels.ts';

export const labels: Pick<Catalogue, keyof typeof english> = {
  'data.half-numbers': ({ column, found, listed, text }) =>
    `Kolonnen ${column} har ${JSON.stringify(found)}, som berre er den lista gruppa ${JSON.stringify(listed)} som tal; men der står òg ${JSON.stringify(text)}, så verdiane er tekst og ${JSON.stringify(found)} ei eiga gruppe. Skriv verdiane likt, eller ta ${JSON.stringify(found)} med i separateBy.`,
  'spec.same-number-listed': ({ column, labels: [one, other] }) =>
    `separateBy listar ${JSON.stringify(one)} og ${JSON.stringify(other)}, og ${column} er ei kolonne av tal, der dei er éi gruppe. Utelat éi av dei.`,
  'data.numbers-apart': ({ column, labels: [one, other], text }) =>
    `Kolonnen ${column} har ${JSON.stringify(one)} og ${JSON.stringify(other)}, som er eitt tal, og ${JSON.stringify(text)}, så verdiane er tekst og dei to kvar for seg. Rader blir skildra medan dei blir lesne, og vart talde saman: skriv verdiane likt.`,
};
