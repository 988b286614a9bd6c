import { transfer, transferHandlers } from 'comlink';
import { rowBuffers, type CodedRows } from '../coding/coded-rows.ts';
import { EngineError, type SentError } from '../errors.ts';

interface Thrown {
  readonly value: unknown;
}
type Sent =
  | { readonly kind: 'engine'; readonly error: SentError; readonly stack: string | undefined }
  | { readonly kind: 'other'; readonly message: string; readonly stack: string | undefined };

/** Carries an error whole across the border of a worker: Comlink's own handler loses code and data. To be called at both ends. */
export function carryErrors(): void {
  const handler = transferHandlers.get('throw')!;
  transferHandlers.set('throw', {
    canHandle: handler.canHandle,
    serialize: (thrown) => {
      const { value } = thrown as Thrown;
      const error = value instanceof Error ? value : new Error(String(value));
      const { message, stack } = error;
      const sent: Sent =
        error instanceof EngineError ? { kind: 'engine', error: error.sent, stack } : { kind: 'other', message, stack };
      return [sent, []];
    },
    deserialize: (received): never => {
      const sent = received as Sent;
      const error = sent.kind === 'engine' ? EngineError.from(sent.error) : new EngineError('internal', sent.message);
      if (sent.stack !== undefined) error.stack = sent.stack;
      throw error;
    },
  });
}

/** Rows change hands with their buffers at every border on their way, without being copied. To be called at both ends. */
export function transferRows(): void {
  transferHandlers.set('rows', {
    canHandle: (value): value is CodedRows => value instanceof Object && 'persons' in value && 'rowNumbers' in value && 'states' in value,
    serialize: (rows: CodedRows) => [rows, rowBuffers(rows)],
    deserialize: (rows: CodedRows) => rows,
  });
}

/** Tables that a worker has no more use for, handed over with their buffers: large ones are not copied. */
export function given<T extends Readonly<Record<string, ArrayBufferView<ArrayBuffer>>>>(tables: T): T {
  return transfer(tables, Object.values(tables).map(({ buffer }) => buffer));
}
