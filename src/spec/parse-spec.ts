import * as v from 'valibot';
import { EngineError } from '../errors.ts';
import { checkSpec } from './check-spec.ts';
import { formatPath, type Fault } from './fault.ts';
import type { ModelSpec } from './model-spec.ts';
import { modelSpecSchema } from './schema.ts';

/** Most faults one message lists; `data.faults` holds all. */
const listed = 20;

function refuse(faults: readonly Fault[]): never {
  const lines = faults.slice(0, listed).map(({ path, message }) => `  ${path === '' ? 'the spec' : path}: ${message}`);
  if (faults.length > listed) lines.push(`  and ${faults.length - listed} more`);
  const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
  throw new EngineError('spec', `The model spec has ${count}:\n${lines.join('\n')}`, { faults });
}

function describe(issue: v.BaseIssue<unknown>): string {
  // Messages of our own replace valibot's only where they were given.
  if (!/^Invalid /.test(issue.message)) return issue.message;
  const expected = issue.expected ?? 'something else';
  return `must be ${expected.replace(/^\((.*)\)$/, '$1').replaceAll(' | ', ' or ')}, not ${issue.received}`;
}

/** A union's fault is told by the branch that came furthest. */
function expand(issue: v.BaseIssue<unknown>, before: readonly unknown[]): Fault[] {
  const keys = [...before, ...(issue.path ?? []).map((item) => item.key)];
  const deeper = issue.type === 'union' ? (issue.issues ?? []).filter((inner) => (inner.path ?? []).length > 0) : [];
  if (deeper.length > 0) return deeper.flatMap((inner) => expand(inner, keys));
  return [{ path: formatPath(keys), message: describe(issue) }];
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new EngineError('spec', `The model spec is not JSON: ${(cause as Error).message}`, {}, { cause });
  }
}

/** Checks a model spec, given as JSON text or as the value it stands for; `EngineError('spec')` names every fault by its path. */
export function parseModelSpec(json: unknown): ModelSpec {
  const parsed = v.safeParse(modelSpecSchema, typeof json === 'string' ? readJson(json) : json);
  if (!parsed.success) refuse(parsed.issues.flatMap((issue) => expand(issue, [])));
  const { $schema: _schema, ...spec } = parsed.output;
  const faults = checkSpec(spec);
  if (faults.length > 0) refuse(faults);
  return spec;
}
