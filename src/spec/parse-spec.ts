import * as v from 'valibot';
import { EngineError } from '../errors.ts';
import { checkSpec } from './check-spec.ts';
import { formatPath, heard, type Fault, type FaultMessage } from './fault.ts';
import type { ModelSpec } from './model-spec.ts';
import { modelSpecSchema } from './schema.ts';
import { RepeatedKeys, jsonText, parseStrictJson } from './strict-json.ts';

/** Messages of our own replace valibot's only where they were given. */
function describe({ message, expected, received }: v.BaseIssue<unknown>): FaultMessage {
  const own = heard(message);
  if (own) return own;
  const choices = expected === null ? [] : expected.replace(/^\((.*)\)$/, '$1').split(' | ');
  return { code: 'fault.expected', args: { expected: choices, received } };
}

/** A union's fault is told by the branch that came furthest. */
function expand(issue: v.BaseIssue<unknown>, before: readonly unknown[]): Fault[] {
  const keys = [...before, ...(issue.path ?? []).map((item) => item.key)];
  const deeper = issue.type === 'union' ? (issue.issues ?? []).filter((inner) => (inner.path ?? []).length > 0) : [];
  if (deeper.length > 0) return deeper.flatMap((inner) => expand(inner, keys));
  return [{ path: formatPath(keys), ...describe(issue) }];
}

function readJson(text: string, from: string | null): unknown {
  try {
    return parseStrictJson(text);
  } catch (cause) {
    if (cause instanceof RepeatedKeys)
      throw new EngineError(
        'spec.faults',
        { from, faults: cause.ways.map((way) => ({ path: formatPath(way), code: 'fault.key-twice', args: {} })) },
        { cause },
      );
    throw new EngineError('spec.not-json', { from, reason: (cause as Error).message }, { cause });
  }
}

/**
 * The text of a file with a model spec: UTF-8, or UTF-16 that says so by its mark. Throws `EngineError('spec')` where
 * it is neither.
 */
export function specText(bytes: Uint8Array, from: string | null = null): string {
  try {
    return jsonText(bytes);
  } catch (cause) {
    throw new EngineError('spec.not-utf8', { from }, { cause });
  }
}

/**
 * Checks a model spec, given as JSON text or as the value it stands for; `EngineError('spec')` names every fault by its path,
 * and `from`, such as a file, where it is given.
 */
export function parseModelSpec(json: unknown, from: string | null = null): ModelSpec {
  const parsed = v.safeParse(modelSpecSchema, typeof json === 'string' ? readJson(json, from) : json);
  if (!parsed.success) throw new EngineError('spec.faults', { from, faults: parsed.issues.flatMap((issue) => expand(issue, [])) });
  const { $schema: _schema, ...spec } = parsed.output;
  const faults = checkSpec(spec);
  if (faults.length > 0) throw new EngineError('spec.faults', { from, faults });
  return spec;
}
