import { msg, str } from '@lit/localize';
import type { Outcome } from '../src/spec/model-spec.ts';
import { formatMonthLong } from './format.ts';
import { outcomeDisplay } from './outcomes.ts';

export interface HeadlineNumbers {
  readonly month: string;
  /** In the unit shown, as are the ends of the interval. */
  readonly difference: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** The newest month in one sentence. It says “about as expected” where the interval holds zero. */
export function headline(outcome: Outcome, numbers: HeadlineNumbers): string {
  const display = outcomeDisplay(outcome);
  const month = formatMonthLong(numbers.month);
  const size = display.difference(Math.abs(numbers.difference)).replace('+', '');
  const horizon = String(outcome.horizon);
  const unclear = numbers.low !== null && numbers.high !== null && numbers.low <= 0 && numbers.high >= 0;
  const more = numbers.difference > 0;
  if (display.factor === 100) {
    if (unclear) {
      return msg(str`Blant dem som fikk oppfølging i ${month}, var omtrent så mange som forventet i jobb ${horizon} måneder senere.`, { id: 'headline.job_same' });
    }
    return more
      ? msg(str`Blant dem som fikk oppfølging i ${month}, var andelen i jobb ${horizon} måneder senere ${size} prosentpoeng høyere enn forventet.`, { id: 'headline.job_more' })
      : msg(str`Blant dem som fikk oppfølging i ${month}, var andelen i jobb ${horizon} måneder senere ${size} prosentpoeng lavere enn forventet.`, { id: 'headline.job_less' });
  }
  if (!/^atid\d+$/.test(outcome.name)) {
    const signed = display.difference(numbers.difference);
    return msg(str`I ${month} er ${display.short} ${signed} fra det forventede.`, { id: 'headline.other' });
  }
  if (unclear) {
    return msg(str`De som fikk oppfølging i ${month}, jobbet omtrent så mye som forventet de neste ${horizon} månedene.`, { id: 'headline.hours_same' });
  }
  return more
    ? msg(str`De som fikk oppfølging i ${month}, jobbet ${size} timer mer i uka enn forventet de neste ${horizon} månedene.`, { id: 'headline.hours_more' })
    : msg(str`De som fikk oppfølging i ${month}, jobbet ${size} timer mindre i uka enn forventet de neste ${horizon} månedene.`, { id: 'headline.hours_less' });
}
