// webR in Chromium: node bench/peers/webr-chromium.mjs CODES ROUNDS. Prints JSON lines. `--find` tells whether there is a browser.
import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findWebR } from './find-webr.mjs';

const types = { '.mjs': 'text/javascript', '.js': 'text/javascript', '.wasm': 'application/wasm', '.html': 'text/html' };
const here = fileURLToPath(new URL('.', import.meta.url));
const { chromium } = await import('playwright');
const { runnerImport } = await import('vite');
const { module } = await runnerImport(fileURLToPath(new URL('../../test/support/chromium.ts', import.meta.url)));
const options = module.findChromium();
if (process.argv[2] === '--find') process.exit();

const [codes, count] = process.argv.slice(2);
const webr = findWebR();
const folders = { webr, codes, peers: here };
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  const [, root, ...rest] = normalize(decodeURIComponent(pathname)).split('/');
  const path = folders[root] && join(folders[root], ...rest);
  // Isolated, so that webR has its quickest channel.
  const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
  if (pathname === '/') return response.writeHead(200, { ...headers, 'Content-Type': 'text/html' }).end('<!doctype html><title>webR</title>');
  if (!path || !existsSync(path)) return response.writeHead(404, headers).end();
  if (statSync(path).isDirectory()) return response.writeHead(200, headers).end(JSON.stringify(readdirSync(path)));
  response.writeHead(200, { ...headers, 'Content-Type': types[extname(path)] ?? 'application/octet-stream' });
  return createReadStream(path).pipe(response);
});
await once(server.listen(0, '127.0.0.1'), 'listening');
const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
const address = `http://127.0.0.1:${port}/`;

const browser = await chromium.launch(options);
const page = await browser.newPage();
page.on('pageerror', (error) => console.error(String(error)));
await page.exposeFunction('printLine', (line) => console.log(line));
await page.goto(address);
const version = browser.version();
await page.evaluate(async ({ count, version }) => {
  const [{ WebR }, { rounds }] = await Promise.all(['/webr/webr.js', '/peers/webr-rounds.mjs'].map((path) => import(path)));
  const text = async (path) => (await fetch(path)).text();
  const webR = new WebR({ baseUrl: new URL('/webr/', location.href).href, interactive: false });
  await webR.init();
  await rounds(webR, {
    source: `${await text('/peers/codes.R')}\n${await text('/peers/lm-glm.R')}`,
    list: async (outcome) => JSON.parse(await text(`/codes/${outcome}`)),
    read: async (name) => new Uint8Array(await (await fetch(`/codes/${name}`)).arrayBuffer()),
    count,
    print: (line) => window.printLine(line.replace(/^\{"version":"([^"]*)"/, `{"version":"$1, Chromium ${version}"`)),
  });
}, { count: Number(count), version });
await browser.close();
server.close();
