import { msg, str } from '@lit/localize';
import type { Outcome } from '../src/spec/model-spec.ts';
import { formatNumber } from './format.ts';

/** How an outcome's numbers are shown: hours a week as they are, shares in per cent, differences in percentage points. */
export interface OutcomeDisplay {
  readonly name: string;
  readonly short: string;
  readonly title: string;
  readonly factor: 1 | 100;
  /** Unit of actual and expected, and of their difference. */
  readonly unit: string;
  readonly differenceUnit: string;
  level(value: number | null): string;
  difference(value: number | null): string;
}

const levelDigits = { 1: 2, 100: 1 } as const;
const differenceDigits = { 1: 2, 100: 2 } as const;

export function outcomeDisplay(outcome: Outcome): OutcomeDisplay {
  const factor = isShare(outcome) ? 100 : 1;
  return {
    ...names(outcome),
    ...units(outcome),
    name: outcome.name,
    factor,
    level: (value) => formatNumber(value, { digits: levelDigits[factor] }),
    difference: (value) => formatNumber(value, { digits: differenceDigits[factor], signed: true }),
  };
}

function names({ name, horizon }: Outcome): { short: string; title: string } {
  const months = String(horizon);
  if (/^atid\d+$/.test(name)) {
    return {
      short: `Atid${months}`,
      title: msg(str`Arbeidstid de neste ${months} månedene`, { id: 'outcome.hours' }),
    };
  }
  if (/^jobb\d+$/.test(name)) {
    return { short: `Jobb${months}`, title: msg(str`I jobb om ${months} måneder`, { id: 'outcome.job' }) };
  }
  return { short: name, title: msg(str`${name}, ${months} måneder fram`, { id: 'outcome.other' }) };
}

/** A linear probability model of jobs is a share like any other. */
const isShare = ({ name, family }: Outcome): boolean => family === 'probit' || /^jobb\d+$/.test(name);

function units(outcome: Outcome): { unit: string; differenceUnit: string } {
  if (isShare(outcome)) {
    return {
      unit: msg('prosent', { id: 'unit.percent' }),
      differenceUnit: msg('prosentpoeng', { id: 'unit.points' }),
    };
  }
  if (/^atid\d+$/.test(outcome.name)) {
    const hours = msg('timer i uka', { id: 'unit.hours' });
    return { unit: hours, differenceUnit: hours };
  }
  const own = msg('målets egen enhet', { id: 'unit.own' });
  return { unit: own, differenceUnit: own };
}

/** `atid3` as “Atid3”; any other name as it is. */
export const outcomeShort = (name: string): string => name.replace(/^(atid|jobb)(?=\d+$)/, (word) => (word === 'atid' ? 'Atid' : 'Jobb'));
