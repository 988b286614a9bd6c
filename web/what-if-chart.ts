import { msg, str } from '@lit/localize';
import { html } from 'lit';
import type { Outcome } from '../src/spec/model-spec.ts';
import type { ChartLine } from './chart-lines.ts';
import './chart-view.ts';
import { formatMonthShort } from './format.ts';
import { lastIndex, plotted, yearTicks } from './monthly-series.ts';
import { outcomeDisplay } from './outcomes.ts';
import type { ComparedSeries, WhatIfReply } from './what-if-question.ts';

export interface ComparedChart {
  readonly heading: string;
  readonly quantity: 'indicator' | 'expected';
  readonly outcome: Outcome;
}

/** A group as it is and as it would be, month by month. */
export function comparedChart({ months }: Pick<WhatIfReply, 'months'>, { before, after }: ComparedSeries, { heading, quantity, outcome }: ComparedChart) {
  const display = outcomeDisplay(outcome);
  const [asIs, asIf] = [before, after].map((series) => plotted(series[quantity], display.factor)) as [(number | null)[], (number | null)[]];
  const newest = lastIndex(asIs);
  if (newest < 0) {
    return html`<p class="message notice">
      ${msg('Serien kan ikke sesongjusteres: Hver kalendermåned trenger minst to referansemåneder med tall.', { id: 'national.no_season' })}
    </p>`;
  }
  const difference = quantity === 'indicator';
  const format = difference ? display.difference : display.level;
  const unit = difference ? display.differenceUnit : display.unit;
  const lines: ChartLine[] = [
    { key: 'before', label: msg('Slik det er', { id: 'what_if.before' }), values: asIs, role: 'line', colour: '--series-expected', dash: [6, 4], marker: null },
    { key: 'after', label: msg('Hva om', { id: 'what_if.after' }), values: asIf, role: 'line', colour: '--series-actual', dash: [], marker: null },
  ];
  return html`<arbeid-chart
    .heading=${heading}
    .unit=${unit}
    .summary=${msg(str`Linjediagram. ${heading}, slik det er og etter endringen. Sist ${format(asIs[newest] ?? null)} og ${format(asIf[newest] ?? null)} ${unit}.`, { id: 'what_if.summary' })}
    .labels=${months.map(formatMonthShort)}
    .xTitle=${msg('Måned', { id: 'month' })}
    .ticks=${yearTicks(months)}
    .lines=${lines}
    .formatValue=${format}
    .fileName=${`hva-om-${outcome.name}`}
    ?zero=${difference}
  ></arbeid-chart>`;
}
