import { transferHandlers } from 'comlink';
import { EngineError, type ErrorCode } from '../errors.ts';

interface Thrown {
  readonly value: unknown;
}
type SentError =
  | { readonly kind: 'engine'; readonly code: ErrorCode; readonly message: string; readonly data: Readonly<Record<string, unknown>>; readonly stack: string | undefined }
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
      const sent: SentError =
        error instanceof EngineError ? { kind: 'engine', code: error.code, message, data: error.data, stack } : { kind: 'other', message, stack };
      return [sent, []];
    },
    deserialize: (received): never => {
      const sent = received as SentError;
      const error = sent.kind === 'engine' ? new EngineError(sent.code, sent.message, sent.data) : new EngineError('internal', sent.message);
      if (sent.stack !== undefined) error.stack = sent.stack;
      throw error;
    },
  });
}
