import { EngineError } from '../errors.ts';

/** Signs by which names from files could move the cursor, colour the terminal or turn the line around; tab and line feed stay. */
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The text with its control signs shown, as in `\x1b`. */
export const visible = (text: string): string =>
  text.replace(controls, (sign) => {
    const code = sign.charCodeAt(0).toString(16);
    return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`;
  });

/** Prints what programs read; the signs are escaped as JSON does it. */
export const printJson = (value: unknown): void =>
  void process.stdout.write(`${JSON.stringify(value).replace(controls, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`);

/** Tells people on stderr. */
export const tell = (text: string): void => void process.stderr.write(visible(text));

/** A reader that goes away, as in `| head`, is no fault of the run; anything else is kept for the end. */
export function watchOutput(stream: NodeJS.WriteStream): { failure(): Promise<EngineError | null> } {
  let failed: NodeJS.ErrnoException | null = null;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') failed ??= error;
  });
  return {
    async failure() {
      // What was written is out, or has failed, when this is done.
      if (!stream.destroyed) await new Promise<void>((done) => stream.write('', () => done()));
      return failed && new EngineError('output.cannot-print', { reason: failed.message }, { cause: failed });
    },
  };
}
