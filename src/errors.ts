/** What went wrong, as the outside distinguishes it; `exitCodes` gives the command line's answer to each. */
export type ErrorCode =
  | 'usage'
  | 'spec'
  | 'data'
  | 'not-estimable'
  | 'output'
  | 'interrupted'
  | 'memory'
  | 'worker'
  | 'internal';

export const exitCodes: Readonly<Record<ErrorCode, number>> = {
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

/** The one error class. `message` says what, where, how many and what to do; `data` holds the same for programs. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: ErrorCode;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, data: Record<string, unknown> = {}, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.data = data;
  }
}
