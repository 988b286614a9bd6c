// webR in Node: node bench/peers/webr-node.mjs CODES ROUNDS. Prints JSON lines.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findWebR } from './find-webr.mjs';
import { rounds } from './webr-rounds.mjs';

const [codes, count] = process.argv.slice(2);
const folder = findWebR();
const { WebR } = await import(pathToFileURL(join(folder, 'webr.mjs')).href);
const webR = new WebR({ baseUrl: `${folder}/`, interactive: false });
await webR.init();
await rounds(webR, {
  source: ['codes.R', 'lm-glm.R'].map((name) => readFileSync(new URL(name, import.meta.url), 'utf8')).join('\n'),
  list: (outcome) => readdirSync(join(codes, outcome)),
  read: (name) => new Uint8Array(readFileSync(join(codes, name))),
  count: Number(count),
  print: (line) => console.log(line),
  async around(run) {
    const before = process.cpuUsage();
    const text = await run();
    const { user, system } = process.cpuUsage(before);
    return { text, cpuSeconds: (user + system) / 1e6 };
  },
});
process.exit();
