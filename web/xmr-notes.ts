import { msg, str } from '@lit/localize';
import { fewestPoints, type XmrOfGroup } from '../src/comparison/xmr-series.ts';
import { settledPoints, type Xmr } from '../src/comparison/xmr.ts';
import type { XmrRule } from '../src/comparison/xmr-rules.ts';
import { formatCount, formatMonthShort, formatNumber } from './format.ts';

/** How many points are outside the limits, and how many chance alone would put there. */
export function outsideSentence({ points, segments }: Xmr): string {
  const [outside, all] = [formatCount(points.filter(({ rules }) => rules.includes('outside')).length), formatCount(points.length)];
  const expected = formatNumber(segments.reduce((sum, segment) => sum + segment.expectedOutside, 0), { digits: 2 });
  return msg(str`${outside} av ${all} punkter er utenfor grensene; ved tilfeldigheter alene ville en vente ${expected}.`, { id: 'xmr.outside_sentence' });
}

function ruleText(rule: XmrRule, months: string): string {
  switch (rule) {
    case 'outside':
      return msg(str`Utenfor grensene: ${months}.`, { id: 'xmr.rule_outside' });
    case 'shift':
      return msg(str`Sju eller flere på rad på samme side av snittet: ${months}.`, { id: 'xmr.rule_shift' });
    case 'trend':
      return msg(str`Sju eller flere på rad som stiger, eller som synker: ${months}.`, { id: 'xmr.rule_trend' });
    case 'two-of-three':
      return msg(str`To av tre på rad nær samme grense: ${months}.`, { id: 'xmr.rule_near' });
  }
}

/** The rules that are broken, each with its points; runs of points from the first to the last. */
export function brokenRuleTexts({ points }: Xmr): string[] {
  return (['outside', 'shift', 'trend', 'two-of-three'] as const).flatMap((rule) => {
    const runs: string[][] = [];
    points.forEach(({ month, rules }, k) => {
      if (!rules.includes(rule)) return;
      if (k > 0 && points[k - 1]!.rules.includes(rule)) runs.at(-1)!.push(month);
      else runs.push([month]);
    });
    if (runs.length === 0) return [];
    const name = (run: readonly string[]): string => (run.length === 1 ? formatMonthShort(run[0]!) : `${formatMonthShort(run[0]!)}–${formatMonthShort(run.at(-1)!)}`);
    return [ruleText(rule, runs.map(name).join(', '))];
  });
}

/** Why there are no limits. */
export function refusedText({ points }: Pick<XmrOfGroup, 'points'>, horizon: number): string {
  const [left, ahead, fewest] = [formatCount(points), String(horizon), String(fewestPoints)];
  return msg(str`Grenser trenger minst ${fewest} punkter der utfallsvinduene på ${ahead} måneder ikke overlapper, og serien har ${left}. Nabomåneder deler det meste av utfallet, og grenser fra dem ville bli for smale.`, { id: 'xmr.refused' });
}

/** What is to be known of the limits. */
export function xmrNotes({ seasonallyAdjusted }: XmrOfGroup, { horizon, segments, points }: Xmr): string[] {
  const [ahead, settled] = [String(horizon), String(settledPoints)];
  const screened = points.filter((point) => point.screened).length;
  return [
    seasonallyAdjusted ? msg('Den sesongjusterte indikatoren.', { id: 'xmr.adjusted' }) : msg('Indikatoren er ikke sesongjustert.', { id: 'xmr.unadjusted' }),
    msg(str`Bare hver ${ahead}. måned er med, så utfallene ikke overlapper. Grensene er snittet ± 2,66 ganger det vanlige spranget fra punkt til punkt.`, { id: 'xmr.windows' }),
    ...(segments.some(({ trial }) => trial) ? [msg(str`Grensene er på prøve: De bygger på færre enn ${settled} punkter.`, { id: 'xmr.trial' })] : []),
    ...(screened === 0 ? [] : [msg(str`${formatCount(screened)} uvanlig store sprang er holdt utenfor da grensene ble regnet ut.`, { id: 'xmr.screened' })]),
    msg('Enheten holdes mot sin egen fortid, ikke mot andre. Et brudd sier at noe er annerledes, ikke hva.', { id: 'xmr.own_past' }),
  ];
}
