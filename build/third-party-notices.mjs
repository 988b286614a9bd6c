// Names, versions and licences of what comes with the app and the package: dist/web/THIRD-PARTY-NOTICES.txt, and the same in dist/.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (/** @type {string} */ path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const json = (/** @type {string} */ path) => JSON.parse(readFileSync(here(path), 'utf8'));
const known = json('build/compiled-in.json');

/** Packages of the lock file that users get, by their folder; types alone are nothing of them. */
export function shippedPackages() {
  /** @type {[string, any][]} */
  const entries = Object.entries(json('package-lock.json').packages);
  return entries.filter(([path, entry]) => path !== '' && !entry.dev && !entry.devOptional && !entry.optional && !/@types\/|undici-types$/.test(path)).map(([path]) => path);
}

/** @param {string} path */
function packageNotice(path) {
  const { name, version, license } = json(`${path}/package.json`);
  const files = readdirSync(here(path)).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file)).sort();
  const texts = files.map((file) => readFileSync(here(`${path}/${file}`), 'utf8').trim());
  if (texts.length === 0) {
    if (!(name in known.packages)) throw new Error(`${name} comes without a licence file: add it to build/compiled-in.json`);
    const [licence, holder] = known.packages[name];
    texts.push(`${licence}\n\n${holder}\n\n${known.licences[licence]}`);
  }
  return section(`${name} ${version}${license ? `, ${license}` : ''}`, texts.join('\n\n'));
}

/** Crates of which a module holds traces, with their versions. @param {string} module */
export function cratesIn(module) {
  const found = readFileSync(here(module), 'latin1').matchAll(/registry\/src\/[^/\s]+\/([a-z0-9_-]+?)-(\d+\.\d+\.\d+)[^/]*\//g);
  return new Map([...found].map(([, name, version]) => /** @type {const} */ ([/** @type {string} */ (name), /** @type {string} */ (version)])).sort());
}

const section = (/** @type {string} */ title, /** @type {string} */ text) => `${'='.repeat(80)}\n${title}\n${'='.repeat(80)}\n\n${text}\n`;

export function notices() {
  const crates = [...cratesIn('node_modules/parquet-wasm/esm/parquet_wasm_bg.wasm')].map(([name, version]) => {
    if (!(name in known.crates)) throw new Error(`parquet-wasm holds the crate ${name}: add its licence to build/compiled-in.json`);
    return `${name} ${version}: ${known.crates[name]}, Copyright its authors (https://crates.io/crates/${name})`;
  });
  const libraries = known.duckdb.map((/** @type {string[]} */ [name, licence, holder]) => `${name}: ${licence}, ${holder}`);
  /** @type {Record<string, string>} */
  const licences = known.licences;
  return [
    'Software of others in this app and package, with the licences that they come under.\n',
    ...shippedPackages().map(packageNotice),
    section('Compiled into the WebAssembly of @duckdb/duckdb-wasm', libraries.join('\n')),
    section('Compiled into the WebAssembly of parquet-wasm', crates.join('\n')),
    ...Object.entries(licences).map(([name, text]) => section(`Licence ${name}`, text)),
    'The text of Apache-2.0 stands with apache-arrow above.\n',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = notices();
  for (const folder of ['dist', 'dist/web']) if (existsSync(here(folder))) writeFileSync(here(`${folder}/THIRD-PARTY-NOTICES.txt`), text);
}
