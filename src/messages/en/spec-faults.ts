import { counted, firstOf, nested, type NestedSpecFault } from '../words.ts';

const quote = (text: string): string => JSON.stringify(text);
const orNear = (nearest: string | null, otherwise: string): string => (nearest === null ? otherwise : `; did you mean ${quote(nearest)}?`);

/** What is wrong with a model spec at a path: each continues "covariates[3].breaks:". */
export const specFaults = {
  'fault.expected': ({ expected, received }: { expected: readonly string[]; received: string }) => `must be ${expected.join(' or ')}, not ${received}`,
  'fault.not-an-object': ({ received }: { received: string }) => `must be an object, not ${received}`,
  'fault.missing': (_: object) => 'is missing',
  'fault.key-twice': (_: object) => 'is given more than once; JSON would take the last in silence',
  'fault.unknown-key': ({ nearest, keys }: { nearest: string | null; keys: readonly string[] }) =>
    `is not a key of the spec here${orNear(nearest, `; there are ${keys.join(', ')}`)}`,
  'fault.empty': (_: object) => 'must not be empty',
  'fault.not-finite-number': (_: object) => 'must be finite',
  'fault.not-whole': (_: object) => 'must be a whole number',
  'fault.at-least': ({ least }: { least: number }) => `must be at least ${least}`,
  'fault.at-most': ({ most }: { most: number }) => `must be at most ${most}`,
  'fault.no-break': (_: object) => 'must hold at least one break',
  'fault.no-outcome': (_: object) => 'must name at least one outcome',
  'fault.no-group': (_: object) => 'must name at least one group',
  'fault.too-many': ({ most }: { most: number }) => `must hold at most ${most}`,
  'fault.not-a-label': (_: object) => 'must be a label, as text or as a number',
  'fault.not-unique': ({ name, first }: { name: string; first: string }) => `is ${quote(name)} like ${first}; must be unique`,
  'fault.no-name': (_: object) => 'must have a name',
  'fault.brace': ({ placeholder }: { placeholder: string }) => `has a brace in its name; ${placeholder} belongs in the column of a covariate`,
  'fault.same-name-in-sql': ({ other }: { other: string }) => `differs from ${quote(other)} only in upper and lower case, which SQL takes for the same`,
  'fault.range-of-probit': (_: object) => 'must be left out: a probit outcome is 0 or 1',
  'fault.range-reversed': ({ from, to }: { from: number; to: number }) => `runs from ${from} down to ${to}; put the smallest first`,
  'fault.no-covariate': ({ name, nearest, among }: { name: string; nearest: string | null; among: string | null }) =>
    `names no covariate: ${quote(name)}${orNear(nearest, '')}${among === null ? '' : ` among ${among}`}`,
  'fault.several-covariates': ({ name, count, among }: { name: string; count: number; among: string | null }) =>
    `names ${counted(count, 'covariate', 'covariates')} called ${quote(name)}; only one may have the name${among === null ? '' : ` among ${among}`}`,
  'fault.numeric-interaction': ({ name, among }: { name: string; among: string | null }) =>
    `names the numeric covariate ${quote(name)}; only covariates with levels interact${among === null ? '' : ` among ${among}`}`,
  'fault.crossed-with-itself': ({ name }: { name: string }) => `crosses ${quote(name)} with itself`,
  'fault.crossed-twice': ({ first }: { first: string }) => `crosses the same two covariates as ${first}`,
  'fault.month-range': ({ text }: { text: string }) =>
    `is ${quote(text)}; must be a month as "2018-03" or a range as "2018-03/2019-02", earliest first`,
  'fault.no-horizon': ({ horizons }: { horizons: readonly string[] }) => `is the horizon of no outcome; there are ${horizons.join(', ')}`,
  'fault.column-of-person': ({ column }: { column: string }) => `is the column of person, ${quote(column)}`,
  'fault.name-constant': (_: object) => 'is "constant", the name of the intercept; choose another',
  'fault.colon-in-name': ({ name }: { name: string }) => `is ${quote(name)}; ":" joins the names of an interaction, so a name has none`,
  'fault.placeholder-in-name': ({ name, placeholder }: { name: string; placeholder: string }) => `is ${quote(name)}; ${placeholder} belongs in column`,
  'fault.unknown-placeholder': ({ found, placeholder }: { found: string; placeholder: string }) => `holds ${quote(found)}; only ${placeholder} is replaced`,
  'fault.break-not-larger': ({ before, here }: { before: number; here: number }) => `must be larger than the one before (${before}), is ${here}`,
  'fault.break-smaller': ({ before, here }: { before: number; here: number }) => `must not be smaller than the one before (${before}), is ${here}`,
  'fault.break-count': ({ expected, groups, held }: { expected: number; groups: number; held: number }) =>
    `must hold ${counted(expected, 'break', 'breaks')} for ${counted(groups, 'group', 'groups')}, holds ${held}`,
  'fault.min-or-max-alone': (_: object) => 'is missing: give min and max, or neither',
  'fault.max-below-min': ({ min, max }: { min: number; max: number }) => `is ${max}, smaller than min (${min})`,
  'fault.too-many-levels': ({ levels, most }: { levels: number; most: number }) => `has ${counted(levels, 'level', 'levels')}; at most ${most} are possible`,
  'fault.label-count': ({ expected, named }: { expected: number; named: number }) => `must name ${counted(expected, 'level', 'levels')}, names ${named}`,
  'fault.label-twice': ({ label }: { label: string }) => `is ${quote(label)} for the second time`,
  'fault.label-of-missing': ({ label }: { label: string }) => `is ${quote(label)}, the label of the level that missing: "level" adds`,
  'fault.reference': ({ reference, nearest, levels }: { reference: string; nearest: string | null; levels: readonly string[] }) =>
    `names no level: ${quote(reference)}${orNear(nearest, `; there are ${levels.length > 12 ? `${levels[0]} to ${levels.at(-1)}` : firstOf(levels)}`)}`,
  'fault.shared-name': ({ name }: { name: string }) => `is ${quote(name)} for the second time; a name is shared only by covariates whose labels are given`,
  'fault.shared-label': ({ name, labels }: { name: string; labels: readonly string[] }) =>
    `is ${quote(name)} for the second time, and both have a level ${labels.map(quote).join(', ')}`,
};

/** Most faults that one sentence lists; the arguments hold all. */
const most = 20;

/** Of a model spec as a whole. */
export const spec = {
  'spec.not-json': ({ from, reason }: { from: string | null; reason: string }) =>
    `${from === null ? 'The model spec' : `The model spec ${from}`} is not JSON: ${reason}`,
  'spec.not-utf8': ({ from }: { from: string | null }) =>
    `${from === null ? 'The model spec' : `The model spec ${from}`} is not text in UTF-8. Save the file as UTF-8.`,
  'spec.faults': ({ from, faults }: { from: string | null; faults: readonly NestedSpecFault[] }) =>
    [
      `${from === null ? '' : `${from}: `}The model spec has ${counted(faults.length, 'fault', 'faults')}:`,
      ...faults
        .slice(0, most)
        .map((fault) => `  ${fault.path === '' ? 'the spec' : fault.path}: ${nested(specFaults, fault)}`),
      ...(faults.length > most ? [`  and ${faults.length - most} more`] : []),
    ].join('\n'),
};
