import { Command, CommanderError } from 'commander';
import { EngineError, exitCodes } from '../errors.ts';
import { printJson, tell, visible, watchOutput } from './console.ts';
import { packageVersion } from './package-root.ts';
import { addDescribeCommand } from './describe-command.ts';
import { addCompareCommand } from './compare-command.ts';
import { addGenerateCommand } from './generate-command.ts';
import { addModelCommand } from './model-command.ts';
import { refuseRepeated } from './refuse-repeated.ts';
import { addRunCommand } from './run-command.ts';
import { addServeCommand } from './serve-command.ts';
import { addVerifyCommand } from './verify-command.ts';
import { addWhatIfCommand } from './whatif-command.ts';

const exitCodeHelp = `
Exit codes: 0 done, 2 usage or model spec, 3 bad data, 4 not estimable, 5 a run that verify does not find again, 73 output cannot be written,
130 interrupted, 70 internal. Data go to stdout or files, everything else to stderr.`;

export function buildProgram(): Command {
  const program = new Command('arbeidsindikator')
    .description('Expected and actual work participation, month by month')
    .version(packageVersion)
    .exitOverride()
    // Its messages repeat what was typed.
    .configureOutput({ writeErr: tell, writeOut: (text) => void process.stdout.write(visible(text)) })
    .showHelpAfterError('(--help tells more)')
    .addHelpText('after', exitCodeHelp);
  addGenerateCommand(program);
  addRunCommand(program);
  addCompareCommand(program);
  addWhatIfCommand(program);
  addDescribeCommand(program);
  addModelCommand(program);
  addVerifyCommand(program);
  addServeCommand(program);
  refuseRepeated(program);
  return program;
}

function asEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  if (error instanceof CommanderError) return new EngineError('usage.command-line', { reason: error.message.replace(/^error: /, '') }, { cause: error });
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new EngineError('internal.unexpected', { detail: text }, { cause: error });
}

/** Runs the command line and returns its exit code; whatever goes wrong is told on stderr. */
export async function runCli(args: readonly string[]): Promise<number> {
  const output = watchOutput(process.stdout);
  watchOutput(process.stderr);
  const code = await answer(args);
  const failure = await output.failure();
  if (failure === null || code !== 0) return code;
  tell(`arbeidsindikator: ${failure.message}\n`);
  return exitCodes[failure.kind];
}

async function answer(args: readonly string[]): Promise<number> {
  try {
    await buildProgram().parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const { code, kind, message, args: details } = asEngineError(error);
    // Commander has written its own message by now.
    if (!(error instanceof CommanderError)) tell(`arbeidsindikator: ${message}\n`);
    if (args.includes('--json')) printJson({ error: { code, kind, message, args: details } });
    return exitCodes[kind];
  }
}
