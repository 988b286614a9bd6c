import * as v from 'valibot';
import { maxLevels } from './levels.ts';
import { suggestion } from './nearest.ts';

/** The shape of a model spec. What one part demands of another is in `check-spec.ts`. */

type ObjectFault = v.StrictObjectIssue;

function objectMessage(keys: readonly string[]): (fault: ObjectFault) => string {
  return (fault) => {
    if (fault.expected === 'Object') return `must be an object, not ${fault.received}`;
    if (fault.expected !== 'never') return 'is missing';
    const key = String(fault.path?.at(-1)?.key);
    return `is not a key of the spec here${suggestion(key, keys) || `; there are ${keys.join(', ')}`}`;
  };
}

function record<const Entries extends v.ObjectEntries>(entries: Entries) {
  return v.strictObject(entries, objectMessage(Object.keys(entries)));
}

const text = v.pipe(v.string(), v.minLength(1, 'must not be empty'));
const finite = v.pipe(v.number(), v.finite('must be finite'));
const integer = v.pipe(finite, v.integer('must be a whole number'));
const breaks = v.pipe(v.array(finite), v.minLength(1, 'must hold at least one break'));
const groups = v.pipe(
  integer,
  v.minValue(1, 'must be at least 1'),
  v.maxValue(maxLevels, `must be at most ${maxLevels}`),
);

const outcome = record({
  name: text,
  column: v.optional(text),
  family: v.picklist(['gaussian', 'probit']),
  horizon: v.pipe(integer, v.minValue(0, 'must be at least 0'), v.maxValue(1200, 'must be at most 1200')),
  range: v.optional(v.strictTuple([finite, finite])),
});

const source = { name: text, column: v.optional(text) };
const levels = {
  labels: v.optional(v.array(text)),
  reference: v.optional(v.union([v.string(), finite], 'must be a label, as text or as a number')),
};
const base = {
  ...source,
  ...levels,
  missing: v.optional(v.picklist(['error', 'level', 'reference', 'drop'])),
};

const covariate = v.variant('coding', [
  record({ ...base, coding: v.literal('values'), min: v.optional(integer), max: v.optional(integer) }),
  record({ ...base, coding: v.literal('intervals'), breaks }),
  record({
    ...base,
    coding: v.literal('quantiles'),
    groups,
    zero: v.optional(v.literal('separate')),
    breaks: v.optional(v.array(finite)),
  }),
  record({
    ...base,
    coding: v.literal('equal-width'),
    groups,
    scale: v.optional(v.picklist(['own', 'common'])),
    breaks: v.optional(v.array(finite)),
  }),
  record({ ...source, ...levels, coding: v.literal('present') }),
  record({ ...source, coding: v.literal('numeric'), missing: v.optional(v.picklist(['error', 'drop'])) }),
]);

const ranges = v.array(text);

const group = record({ label: v.string(), covariates: v.optional(v.array(covariate)) });

export const modelSpecSchema = record({
  $schema: v.optional(v.string()),
  name: text,
  person: text,
  month: text,
  derived: v.optional(v.record(v.string(), text)),
  outcomes: v.pipe(v.array(outcome), v.minLength(1, 'must name at least one outcome'), v.maxLength(64, 'must be at most 64')),
  covariates: v.pipe(v.array(covariate), v.maxLength(256, 'must be at most 256')),
  interactions: v.optional(v.pipe(v.array(v.strictTuple([text, text])), v.maxLength(64, 'must be at most 64'))),
  sample: v.optional(
    record({ months: v.optional(ranges), excludeMonths: v.optional(ranges), where: v.optional(text) }),
  ),
  separateBy: v.optional(
    v.nullable(
      v.union([
        text,
        record({ column: text, groups: v.pipe(v.array(group), v.minLength(1, 'must name at least one group')) }),
      ]),
    ),
  ),
  seasonal: v.optional(record({ reference: v.record(v.string(), ranges) })),
  reading: v.optional(record({ decidedByNav: v.optional(v.array(text)), measures: v.optional(v.array(text)) })),
});
