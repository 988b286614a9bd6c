import { inWords, type Message, type MessageArgs, type MessageCode } from './messages/catalogue.ts';
import { en } from './messages/en.ts';

/** What went wrong, as the outside distinguishes it; `exitCodes` gives the command line's answer to each. */
export type ErrorKind =
  | 'usage'
  | 'spec'
  | 'data'
  | 'not-estimable'
  | 'not-reproduced'
  | 'output'
  | 'interrupted'
  | 'memory'
  | 'worker'
  | 'internal';

export const exitCodes: Readonly<Record<ErrorKind, number>> = {
  usage: 2,
  spec: 2,
  data: 3,
  'not-estimable': 4,
  'not-reproduced': 5,
  output: 73,
  interrupted: 130,
  memory: 70,
  worker: 70,
  internal: 70,
};

/** Codes of the catalogue that stop what is done. */
export type ErrorCode = Extract<MessageCode, `${ErrorKind}.${string}`>;

/** What crosses the border of a worker: a code with its arguments. */
export type SentError = { readonly [C in ErrorCode]: { readonly code: C; readonly args: MessageArgs<C> } }[ErrorCode];

/**
 * The one error class: a code of the catalogue with its arguments. `kind` is the part of the code before the dot; `message`
 * is the English sentence, and says what, where, how many and what to do.
 */
export class EngineError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'EngineError';
  readonly code: ErrorCode;
  readonly kind: ErrorKind;
  readonly args: Readonly<Record<string, unknown>>;

  constructor(code: C, args: MessageArgs<C>, options?: ErrorOptions) {
    super(inWords(en, { code, args } as unknown as Message), options);
    this.code = code;
    this.kind = code.split('.')[0] as ErrorKind;
    this.args = args as Readonly<Record<string, unknown>>;
  }

  get told(): SentError {
    return { code: this.code, args: this.args } as unknown as SentError;
  }

  static from({ code, args }: SentError): EngineError {
    return new EngineError(code, args);
  }

  /** The error itself where it is one of ours; for any other, one that says what it said. */
  static of(error: unknown): EngineError {
    if (error instanceof EngineError) return error;
    return new EngineError('internal.unexpected', { detail: error instanceof Error ? error.message : String(error) }, { cause: error });
  }
}
