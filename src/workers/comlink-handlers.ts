import { transfer, transferHandlers } from 'comlink';
import { rowBuffers, type CodedRows } from '../coding/coded-rows.ts';
import { EngineError, type SentError } from '../errors.ts';

interface Thrown {
  readonly value: unknown;
}
interface Sent {
  readonly told: SentError;
  readonly stack: string | undefined;
}

/** Carries an error's code and arguments across the border of a worker, where its sentence is made again: Comlink's own handler loses them. To be called at both ends. */
export function carryErrors(): void {
  const handler = transferHandlers.get('throw')!;
  transferHandlers.set('throw', {
    canHandle: handler.canHandle,
    serialize: (thrown) => {
      const { value } = thrown as Thrown;
      const sent: Sent = { told: EngineError.of(value).told, stack: value instanceof Error ? value.stack : undefined };
      return [sent, []];
    },
    deserialize: (received): never => {
      const { told, stack } = received as Sent;
      const error = EngineError.from(told);
      if (stack !== undefined) error.stack = stack;
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
