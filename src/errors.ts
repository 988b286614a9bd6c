import { inWords, type Message, type MessageArgs, type MessageCode } from './messages/catalogue.ts';
import { en } from './messages/en.ts';

/** What went wrong, as the outside distinguishes it; `exitCodes` gives the command line's answer to each. */
export type ErrorKind =
  | 'usage'
  | 'spec'
  | 'data'
  | 'not-estimable'
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
  output: 73,
  interrupted: 130,
  memory: 70,
  worker: 70,
  internal: 70,
};

/** Codes of the catalogue that stop what is done. */
export type ErrorCode = Extract<MessageCode, `${ErrorKind}.${string}`>;

export interface SentError {
  readonly code: string;
  readonly message: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/**
 * The one error class: a code of the catalogue with its arguments. `kind` is the part of the code before the dot; `message`
 * is the English sentence, and says what, where, how many and what to do.
 */
export class EngineError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'EngineError';
  readonly code: string;
  readonly kind: ErrorKind;
  readonly args: Readonly<Record<string, unknown>>;

  constructor(kind: ErrorKind, message: string, args?: Record<string, unknown>, options?: ErrorOptions);
  constructor(code: C, args: MessageArgs<C>, options?: ErrorOptions);
  constructor(code: string, second: unknown, third?: unknown, fourth?: ErrorOptions) {
    const inOwnWords = typeof second === 'string';
    super(inOwnWords ? second : inWords(en, { code, args: second } as Message), (inOwnWords ? fourth : third) as ErrorOptions | undefined);
    this.code = code;
    this.kind = code.split('.')[0] as ErrorKind;
    this.args = ((inOwnWords ? third : second) ?? {}) as Record<string, unknown>;
  }

  /** What crosses the border of a worker. */
  get sent(): SentError {
    return { code: this.code, message: this.message, args: this.args };
  }

  static from({ code, message, args }: SentError): EngineError {
    return new EngineError(code as ErrorKind, message, args);
  }
}
