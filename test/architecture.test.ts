import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readJson, sourceFiles, type SourceFile } from './support/source-files.ts';

const engine = sourceFiles(['src'], /\.ts$/);
const web = sourceFiles(['web'], /\.ts$/);
const kernels = sourceFiles(['assembly'], /\.ts$/);
const benches = sourceFiles(['bench'], /\.mjs$/);
const tests = sourceFiles(['test'], /\.ts$/);

/**
 * The way data go, one row a folder (or a file at the top of src/): what it may import from. Everything may import
 * `errors` and `messages`; what a row names stands above it, so that there is no way back.
 */
const mayImport: readonly (readonly [from: string, ...to: string[]])[] = [
  ['messages'],
  ['errors', 'messages'],
  ['spec'],
  ['register', 'spec'],
  ['kernels'],
  ['coding', 'spec', 'register'],
    ['estimate', 'coding', 'kernels'],
  ['indicator', 'spec', 'estimate'],
  ['withhold', 'spec', 'estimate', 'indicator'],
  ['descriptive', 'spec', 'register', 'coding', 'withhold'],
  ['guards', 'spec', 'indicator', 'withhold'],
  ['uncertainty', 'spec', 'coding', 'estimate', 'indicator'],
  ['whatif', 'spec', 'coding', 'kernels', 'estimate', 'indicator', 'uncertainty', 'withhold'],
  ['run-result', 'spec', 'estimate', 'indicator', 'uncertainty', 'withhold', 'whatif'],
  ['comparison', 'spec', 'kernels', 'estimate', 'indicator', 'uncertainty', 'run-result'],
  ['synthetic', 'register', 'kernels'],
  ['workers', 'spec', 'register', 'kernels', 'coding', 'descriptive', 'estimate', 'indicator', 'withhold', 'uncertainty', 'whatif', 'run-result', 'synthetic'],
  ['run-estimates', 'coding', 'estimate', 'indicator', 'run-result', 'workers'],
  ['run-persons', 'spec', 'indicator', 'run-estimates', 'workers'],
  ['run-levels', 'spec', 'coding', 'withhold', 'run-estimates'],
  ['run-withheld', 'spec', 'coding', 'indicator', 'withhold', 'run-estimates', 'run-persons', 'workers'],
  ['run-zero-means', 'coding', 'estimate', 'indicator', 'run-estimates', 'workers'],
  ['run-uncertainty', 'spec', 'estimate', 'indicator', 'uncertainty', 'run-result', 'run-estimates', 'run-persons', 'workers'],
  ['pipeline', 'run-zero-means', 'spec', 'coding', 'estimate', 'indicator', 'uncertainty', 'whatif', 'run-result', 'run-estimates', 'workers', 'run-uncertainty', 'withhold', 'run-persons', 'run-levels', 'run-withheld'],
  ['compare-runs', 'spec', 'estimate', 'indicator', 'run-result'],
  ['results', 'spec', 'descriptive', 'estimate', 'indicator', 'guards', 'comparison', 'whatif', 'run-result', 'compare-runs'],
  ['verify', 'spec', 'run-result'],
  ['bundle', 'spec', 'register', 'coding', 'estimate', 'indicator', 'whatif', 'run-result', 'withhold'],
  ['entry', 'spec', 'register', 'kernels', 'descriptive', 'estimate', 'indicator', 'guards', 'comparison', 'run-result', 'synthetic', 'workers', 'pipeline', 'compare-runs', 'results', 'whatif', 'verify', 'bundle', 'withhold'],
  ['web', 'spec', 'register', 'synthetic', 'estimate', 'indicator', 'guards', 'comparison', 'run-result', 'workers', 'run-uncertainty', 'pipeline', 'results', 'whatif', 'bundle', 'withhold'],
];

/** What only these files may import. A trailing `*` stands for anything that begins so. */
const onlyIn: Readonly<Record<string, RegExp>> = {
  '@duckdb/duckdb-wasm*': /^src\/register\/(duckdb|assets-browser)\.ts$/,
  comlink: /^src\/workers\/(pool|worker|open-node|node-worker|comlink-handlers|comlink-node-adapter\.d)\.ts$/,
  'comlink/*': /^src\/workers\/(open-node|node-worker)\.ts$/,
  'uplot*': /^web\/chart\.ts$/,
  'apache-arrow': /^src\/(register\/(arrow(-\w+)?|condition-table)|bundle\/arrow-parts|results\/arrow-bytes|synthetic\/arrow)\.ts$/,
  'parquet-wasm*': /^src\/(register\/(parquet-decoder|assets-browser)|synthetic\/write-part|entry\/parquet-bytes)\.ts$/,
  fflate: /^src\/results\/xlsx\.ts$/,
  fzstd: /^src\/register\/zstd\.ts$/,
  valibot: /^src\/spec\//,
  '@valibot/*': /^src\/spec\//,
  commander: /^src\/entry\//,
  'cli-progress': /^src\/entry\//,
  'lit*': /^web\//,
  '@lit/*': /^web\//,
  // What a browser has no use for stays out of the files that it runs.
  'node:*': /^src\/(entry\/.*|.*-node|.*\/node-worker|synthetic\/write-part)\.ts$/,
};

/** Packages whose types may be named everywhere: nothing of them is there when the code runs. */
const mayBeTyped = new Set(['apache-arrow', 'node:*']);

/** Folder of a path, or the file's own name at the top of src/. */
function home(path: string): string {
  const [top, folder, rest] = path.split('/');
  if (top !== 'src') return top!;
  return rest === undefined ? folder!.replace(/\.ts$/, '') : folder!;
}

const isRelative = (target: string): boolean => target.startsWith('.');
const resolved = (file: SourceFile, target: string): string => posix.join(posix.dirname(file.path), target);
const fits = (target: string, pattern: string): boolean => (pattern.endsWith('*') ? target.startsWith(pattern.slice(0, -1)) : target === pattern);
const holding = (files: readonly SourceFile[], pattern: RegExp): string[] => files.filter(({ code }) => pattern.test(code)).map(({ path }) => path);

describe('imports', () => {
  it('were found, or the rules below would hold for nothing', () => {
    expect(engine.flatMap(({ imports }) => imports).length).toBeGreaterThan(200);
    expect(web.flatMap(({ imports }) => imports).length).toBeGreaterThan(60);
    expect(kernels.flatMap(({ imports }) => imports).length).toBeGreaterThan(10);
  });

  it('go one way: every folder imports only from folders above it in the table', () => {
    const order = mayImport.map(([from]) => from);
    for (const [index, [from, ...to]] of mayImport.entries()) {
      for (const target of to) expect(order.indexOf(target), `${from} → ${target}`).toBeLessThan(index);
    }
    const crooked = [...engine, ...web].flatMap((file) => {
      const [, ...allowed] = mayImport.find(([from]) => from === home(file.path)) ?? [];
      return file.imports
        .filter(({ target }) => isRelative(target) && /\.ts$/.test(target))
        .map(({ target }) => home(resolved(file, target)))
        .filter((to) => to !== home(file.path) && !['errors', 'messages'].includes(to) && !allowed.includes(to))
        .map((to) => `${file.path} imports from ${to}`);
    });
    expect(crooked).toEqual([]);
  });

  it('have a row in the table for every folder', () => {
    const homes = new Set([...engine, ...web].map(({ path }) => home(path)));
    expect([...homes].filter((name) => !mayImport.some(([from]) => from === name))).toEqual([]);
  });

  it('of types alone say so where the page takes them from estimation and indicator', () => {
    const values = web.flatMap((file) =>
      file.imports.filter(({ target, typeOnly }) => !typeOnly && /^\.\.\/src\/(estimate|indicator)\//.test(target)).map(({ target }) => `${file.path}: ${target}`),
    );
    expect(values).toEqual([]);
  });

  it('of kernels and benches stay at home', () => {
    const outside = kernels.flatMap((file) => file.imports.filter(({ target }) => !/^\.\/[\w-]+$/.test(target)).map(({ target }) => `${file.path}: ${target}`));
    expect(outside).toEqual([]);
    const sources = benches.flatMap((file) => file.imports.filter(({ target }) => /\/src\//.test(target)).map(({ target }) => `${file.path}: ${target}`));
    expect(sources).toEqual([]);
  });

  it.each(Object.entries(onlyIn))('of %s stand only in %s', (pattern, allowed) => {
    const files = [...engine, ...web].filter(({ imports }) => imports.some(({ target, typeOnly }) => fits(target, pattern) && !(typeOnly && mayBeTyped.has(pattern))));
    expect(files.length).toBeGreaterThan(0);
    expect(files.map(({ path }) => path).filter((path) => !allowed.test(path))).toEqual([]);
  });

  it('of packages are of packages that some rule knows', () => {
    const unknown = [...engine, ...web].flatMap((file) =>
      file.imports.filter(({ target }) => !isRelative(target) && !Object.keys(onlyIn).some((pattern) => fits(target, pattern))).map(({ target }) => `${file.path}: ${target}`),
    );
    expect(unknown).toEqual([]);
  });
});

describe('one place for each thing', () => {
  it('instantiates WebAssembly in src/kernels/wasm.ts alone, and compiles it where a module is handed over', () => {
    const all = [...engine, ...web];
    expect(holding(all, /new WebAssembly\.Instance|WebAssembly\.instantiate|new WebAssembly\.Memory/)).toEqual(['src/kernels/wasm.ts']);
    expect(holding(all, /WebAssembly\.compile|new WebAssembly\.Module/)).toEqual([
      'src/kernels/wasm.ts',
      'src/register/assets-browser.ts',
      'src/register/assets-node.ts',
      'src/workers/open-browser.ts',
    ]);
  });

  it('calls no function on the way to a result whose last bit is the host’s own', () => {
    const hostFunctions = /\bMath\.(exp|expm1|log|log1p|log2|log10|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|cbrt|hypot)\b/;
    expect(holding(engine, hostFunctions)).toEqual([]);
    // A power of two is exact everywhere.
    expect(holding(engine, /(?<!\b2) \*\* -?[\w(]/)).toEqual([]);
  });

  it('draws no random number, asks no clock of the day and follows no locale in src/', () => {
    // The months of a time zone are those of its clocks, whatever the locale.
    const engineButZones = engine.filter(({ path }) => path !== 'src/register/time-zone.ts');
    expect(holding(engineButZones, /\bMath\.random\b|\bDate\.now\b|\bnew Date\(\)|\.localeCompare\(|\.toLocale\w+\(|\bIntl\./)).toEqual([]);
  });
});

describe('files', () => {
  it('are short', () => {
    const long = [
      ...[...engine, ...web].filter(({ lines }) => lines > 400),
      ...kernels.filter(({ lines }) => lines > 200),
    ].map(({ path, lines }) => `${path}: ${lines} lines`);
    expect(long).toEqual([]);
  });

  it('are named in kebab case after what they hold', () => {
    const names = [...engine, ...web, ...kernels, ...tests, ...benches].map(({ path }) => path);
    expect(names.filter((path) => !/^[a-z0-9-]+(\.test|\.d)?\.(ts|mjs)$/.test(posix.basename(path)))).toEqual([]);
    expect(names.filter((path) => /^(utils?|helpers?|misc|common)\./.test(posix.basename(path)))).toEqual([]);
  });

  it('export by name, and pass nothing on wholesale', () => {
    const all = [...engine, ...web, ...kernels];
    expect(holding(all, /^export default\b/m)).toEqual([]);
    expect(holding(all, /^export \*/m).filter((path) => path !== 'assembly/index.ts')).toEqual([]);
  });

  it('of tests leave none out', () => {
    expect(holding(tests, /\b(it|test|describe)\.(skip|only|todo|fails)\b/)).toEqual([]);
  });
});

describe('package.json', () => {
  const { dependencies, devDependencies, engines } = readJson('package.json') as Record<string, Record<string, string>>;
  const locked = (readJson('package-lock.json') as { packages: Record<string, { version?: string }> }).packages;

  it('names exact versions, those of the lock file', () => {
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
      expect(locked[`node_modules/${name}`]?.version, name).toBe(version);
    }
  });

  it('asks for the Node that the README names', () => {
    expect(engines!['node']).toBe('>=20.19');
  });
});
