import type { Command } from 'commander';
import { EngineError } from '../errors.ts';
import { builtInSpecs } from '../spec/built-in.ts';
import { nearest } from '../spec/nearest.ts';

/** A built-in spec as the text of a file that `--model` reads. */
function builtInText(name: string): string {
  const spec = builtInSpecs.get(name);
  if (spec !== undefined) return `${JSON.stringify(spec, null, 2)}\n`;
  const names = [...builtInSpecs.keys()];
  throw new EngineError('usage.not-built-in', { name, names, near: nearest(name, names) });
}

export function addModelCommand(program: Command): void {
  program
    .command('model')
    .description('print a built-in model spec as JSON, to be edited and given back to run --model FILE')
    .argument('<name>', [...builtInSpecs.keys()].join(' or '))
    .option('--json', 'the same: the spec is JSON as it is')
    .action((name: string) => void process.stdout.write(builtInText(name)));
}
