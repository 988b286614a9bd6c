import { EngineError } from '../errors.ts';

/** The error for a table of which nothing is left to compute on. */
export const noRows = (condition: string | null): EngineError =>
  condition === null ? new EngineError('data.no-rows', {}) : new EngineError('data.condition-holds-nowhere', { condition });
