import type { Command } from 'commander';
import { EngineError } from '../errors.ts';

/** Options whose values add up, by command. */
const addingUp: Readonly<Record<string, readonly string[]>> = {
  run: ['by'],
  describe: ['by'],
  compare: ['by', 'data'],
  whatif: [
    'outcome', 'drop', 'add', 'merge', 'reference', 'drop-interaction', 'add-interaction', 'months', 'drop-months', 'add-months', 'set', 'shift', 'group', 'mix', 'data',
  ],
};

/** Refuses an option of one value that is given twice: the first would be forgotten without a word. Flags may be repeated. */
export function refuseRepeated(program: Command): void {
  for (const command of program.commands) {
    for (const option of command.options) {
      const name = option.name();
      if (option.isBoolean() || addingUp[command.name()]?.includes(name)) continue;
      let isGiven = false;
      command.on(`option:${name}`, () => {
        if (isGiven) throw new EngineError('usage.option-twice', { option: `--${name}` });
        isGiven = true;
      });
    }
  }
}
