// Who is compared, how each is started, and how to tell whether it is installed.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findWebR } from './find-webr.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const python = process.env.PEERS_PYTHON ?? 'python3';
const answers = (command, args) => spawnSync(command, args, { stdio: 'ignore', timeout: 120_000 }).status === 0;

const r = (script, packages, rest) => ({
  command: 'Rscript',
  args: ['--vanilla', here(script)],
  missing() {
    if (!answers('Rscript', ['--version'])) return 'no Rscript on the path';
    return packages.find((name) => !answers('Rscript', ['--vanilla', '-e', `quit(status = !requireNamespace("${name}", quietly = TRUE))`]));
  },
  ...rest,
});
const py = (name, modules, rest) => ({
  name,
  command: python,
  args: [here(`fit_${name}.py`)],
  missing() {
    if (!answers(python, ['--version'])) return `no ${python}`;
    return modules.find((module) => !answers(python, ['-c', `import ${module}`]));
  },
  ...rest,
});
const node = (script, rest) => ({
  command: process.execPath,
  args: [here(script)],
  missing() {
    if (findWebR() === null) return 'webr; PEERS_WEBR names its folder';
    if (!existsSync(here('../../dist/engine'))) return 'the built engine';
    return script.includes('chromium') && !answers(process.execPath, [here(script), '--find']) ? 'no Chromium' : undefined;
  },
  ...rest,
});

/**
 * `size` is the key of a population: `small`, `middle`, or `largest` for the largest that the peer holds. `includes`
 * says what the timed call does; where dummies are made apart from it, their time is given apart and is in no ratio.
 */
export const peers = [
  node('webr-node.mjs', { name: 'webR in Node, lm + glm', size: 'small', target: 'webr', includes: 'formula, dummies and fit' }),
  node('webr-chromium.mjs', { name: 'webR in Chromium, lm + glm', size: 'small', target: 'webr', includes: 'formula, dummies and fit' }),
  r('r-sparse.R', ['Matrix'], { name: 'R, sparse (Matrix, own scoring)', size: 'largest', target: 'fastest', includes: 'fit' }),
  r('r-glm4.R', ['MatrixModels'], { name: 'R, glm4 (MatrixModels)', size: 'largest', target: 'fastest', includes: 'formula, dummies and fit' }),
  { ...py('glum', ['glum', 'tabmat', 'pandas'], { size: 'largest', target: 'fastest', includes: 'fit' }), name: 'glum, sparse, own probit link' },
  r('r-lm-glm.R', [], { name: 'R, lm + glm', size: 'middle', target: 'r', includes: 'formula, dummies and fit' }),
  py('statsmodels', ['statsmodels', 'pandas'], { size: 'largest', target: 'fastest', includes: 'fit' }),
  py('pyfixest', ['pyfixest', 'pandas'], { size: 'largest', target: 'fastest', includes: 'formula, dummies and fit' }),
];
