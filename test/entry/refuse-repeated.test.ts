import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommanderError, type Option } from 'commander';
import { expect, it, onTestFinished } from 'vitest';
import { buildProgram } from '../../src/entry/cli.ts';
import { EngineError } from '../../src/errors.ts';
import { runCommand } from '../support/command-line.ts';

/** Told in the order in which they stand, and not by name. */
const inOrder = ['set', 'shift', 'mix'];
const candidates = [['a=1', 'b=2'], ['a:b', 'c:d'], ['county', 'office'], ['2018-01', '2018-02'], ['2000', '3000'], ['50', '60'], ['windows-1252', 'utf-16le'], ['Europe/Oslo', 'UTC'], ['csv', 'xlsx'], ['en', 'nb']];

const takesValue = (option: Option): boolean => !option.isBoolean();

/** Reads the options alone; a value that the option does not take is another matter. */
function read(command: string, option: Option, values: readonly string[]): Record<string, unknown> | 'refused' | 'not taken' {
  const own = buildProgram().commands.find((one) => one.name() === command)!;
  own.exitOverride().configureOutput({ writeErr: () => {} });
  try {
    own.parseOptions(values.flatMap((value) => [option.long!, value]));
    return own.opts();
  } catch (cause) {
    if (cause instanceof CommanderError) return 'not taken';
    expect((cause as EngineError).code).toBe('usage.option-twice');
    expect((cause as EngineError<'usage.option-twice'>).args.option).toBe(option.long);
    return 'refused';
  }
}

const options = buildProgram().commands.flatMap((command) => command.options.filter(takesValue).map((option) => [command.name(), option.long!, option] as const));

it.each(options)('%s %s given twice is refused, or both values count', (command, _, option) => {
  const choices = option.argChoices ? [[option.argChoices[0]!, option.argChoices.at(-1)!]] : candidates;
  const values = choices.find((pair) => pair.every((value) => read(command, option, [value]) !== 'not taken'))!;
  expect(values).toBeDefined();
  const both = read(command, option, values);
  expect(both).not.toBe('not taken');
  if (both === 'refused' || inOrder.includes(option.name())) return;
  const [first, second] = values.map((value) => JSON.stringify(read(command, option, [value])));
  expect([first, second]).not.toContain(JSON.stringify(both));
});

it('is told by name, in every form, before anything is read or written', async () => {
  const home = mkdtempSync(join(tmpdir(), 'twice-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  for (const args of [['run', 'none.csv', '--out', 'o', '--ci', 'outcome', '--ci', 'analytic'], ['run', 'none.csv', '--out=o', '--out=p'], ['generate', '--out', 'o', '--seed', '1', '--seed=1']]) {
    const { code, stderr } = await runCommand(home, args);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^arbeidsindikator: --(ci|out|seed) is given twice, and takes one value: leave one out\.\n$/)]);
  }
  expect(readdirSync(home)).toEqual([]);
  const { code, stdout } = await runCommand(home, ['model', 'main', '--json', '--json']);
  expect([code, stdout.length > 100]).toEqual([0, true]);
});
