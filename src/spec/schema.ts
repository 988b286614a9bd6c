import * as v from 'valibot';
import { maxLevels } from './levels.ts';
import { said } from './fault.ts';
import { nearest } from './nearest.ts';

/** The shape of a model spec. What one part demands of another is in `check-spec.ts`. */

type ObjectFault = v.StrictObjectIssue;

function objectMessage(keys: readonly string[]): (fault: ObjectFault) => string {
  return (fault) => {
    if (fault.expected === 'Object') return said({ code: 'fault.not-an-object', args: { received: fault.received } });
    if (fault.expected !== 'never') return said({ code: 'fault.missing', args: {} });
    const key = String(fault.path?.at(-1)?.key);
    return said({ code: 'fault.unknown-key', args: { nearest: nearest(key, keys), keys } });
  };
}

function record<const Entries extends v.ObjectEntries>(entries: Entries) {
  return v.strictObject(entries, objectMessage(Object.keys(entries)));
}

const atLeast = (least: number): string => said({ code: 'fault.at-least', args: { least } });
const atMost = (most: number): string => said({ code: 'fault.at-most', args: { most } });
const tooMany = (most: number): string => said({ code: 'fault.too-many', args: { most } });

const text = v.pipe(v.string(), v.minLength(1, said({ code: 'fault.empty', args: {} })));
const finite = v.pipe(v.number(), v.finite(said({ code: 'fault.not-finite-number', args: {} })));
const integer = v.pipe(finite, v.integer(said({ code: 'fault.not-whole', args: {} })));
const breaks = v.pipe(v.array(finite), v.minLength(1, said({ code: 'fault.no-break', args: {} })));
const groups = v.pipe(
  integer,
  v.minValue(1, atLeast(1)),
  v.maxValue(maxLevels, atMost(maxLevels)),
);

const outcome = record({
  name: text,
  column: v.optional(text),
  family: v.picklist(['gaussian', 'probit']),
  horizon: v.pipe(integer, v.minValue(0, atLeast(0)), v.maxValue(1200, atMost(1200))),
  range: v.optional(v.strictTuple([finite, finite])),
});

const source = { name: text, column: v.optional(text) };
const levels = {
  labels: v.optional(v.array(text)),
  reference: v.optional(v.union([v.string(), finite], said({ code: 'fault.not-a-label', args: {} }))),
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
  outcomes: v.pipe(v.array(outcome), v.minLength(1, said({ code: 'fault.no-outcome', args: {} })), v.maxLength(64, tooMany(64))),
  covariates: v.pipe(v.array(covariate), v.maxLength(256, tooMany(256))),
  interactions: v.optional(v.pipe(v.array(v.strictTuple([text, text])), v.maxLength(64, tooMany(64)))),
  sample: v.optional(
    record({ months: v.optional(ranges), excludeMonths: v.optional(ranges), where: v.optional(text) }),
  ),
  separateBy: v.optional(
    v.nullable(
      v.union([
        text,
        record({ column: text, groups: v.pipe(v.array(group), v.minLength(1, said({ code: 'fault.no-group', args: {} }))) }),
      ]),
    ),
  ),
  seasonal: v.optional(record({ reference: v.record(v.string(), ranges) })),
  reading: v.optional(record({ decidedByNav: v.optional(v.array(text)), measures: v.optional(v.array(text)) })),
});
