import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ColumnReading } from '../src/guards/column-reading.ts';
import type { Reading } from '../src/guards/reading.ts';
import { columnLabel } from './column-labels.ts';
import { formatCount, formatMonthShort } from './format.ts';
import { LocalizedElement } from './localized-element.ts';
import { sharedStyles } from './shared-styles.ts';
import type { ViewOptions } from './view-options.ts';

const namesOf = (columns: readonly string[]): string => columns.map((column) => columnLabel(column).toLocaleLowerCase()).join(' × ');

export interface Notice {
  readonly text: string;
  readonly pressing: boolean;
}

export const noticeList = (notices: readonly Notice[]) => notices.map(({ text, pressing }) => html`<p class="message ${pressing ? 'notice' : ''}">${text}</p>`);

/** What has to be known before a level is read, most pressing first; `pressing` for all but the assurance that levels compare. */
export function columnNotices(reading: ColumnReading & { readonly by: readonly string[] }, horizon: number): Notice[] {
  const notices: Notice[] = [];
  const press = (text: string): void => void notices.push({ text, pressing: true });
  const controlled = namesOf(reading.controlled.length > 0 ? reading.controlled : reading.by);
  if (reading.level === 'movement-only') {
    press(msg(str`Modellen tar hensyn til ${controlled}. Da er snittet over hele perioden null, eller svært nær null, i hver gruppe. Les bare utviklingen over tid: Nivåene kan ikke sammenlignes mellom gruppene.`, { id: 'guard.movement' }));
  }
  if (reading.level === 'partly') {
    const [held, all] = [formatCount(reading.zeroMeans?.groups ?? 0), formatCount(reading.zeroMeans?.of ?? 0)];
    press(msg(str`Modellen holder snittet over alle rader på null, eller svært nær null, i ${held} av ${all} grupper. De andre deler nivå med andre i modellen: Sammenlign ikke de to slagene.`, { id: 'guard.partly' }));
  }
  if (reading.level === 'within') {
    press(msg(str`Modellen tar hensyn til ${controlled}. Sammenlign bare grupper som er like i dette: Ellers er snittet over hele perioden null, eller svært nær null.`, { id: 'guard.within' }));
  }
  if (reading.decidedByNav.length > 0) {
    const decided = namesOf(reading.decidedByNav);
    press(msg(str`Nav avgjør selv hvem som er i hvilken gruppe (${decided}). En forskjell mellom gruppene kan komme av hvem som er plassert hvor, og er ikke et mål på virkningen av innsatsen.`, { id: 'guard.decided' }));
  }
  if (reading.lockIn) {
    const months = String(horizon);
    press(msg(str`Den som er på tiltak, jobber gjerne mindre så lenge tiltaket varer. ${months} måneder fram er denne innlåsingen med i tallene.`, { id: 'guard.lock_in' }));
  }
  if (notices.length > 0) return notices;
  const names = namesOf(reading.by);
  return [{ text: msg(str`Modellen tar ikke hensyn til ${names}, så nivåene kan sammenlignes. Forskjellene er likevel ikke i seg selv årsakssammenhenger.`, { id: 'guard.comparable' }), pressing: false }];
}

/** What is to be known of the numbers themselves: season, interval, small groups, and that nothing is causal. */
@customElement('arbeid-reading')
export class ReadingView extends LocalizedElement {
  static override styles = [
    sharedStyles,
    css`
      h4 {
        margin: 0;
        font-size: 0.9375rem;
        font-weight: 600;
      }
      ul {
        margin: var(--space-2) 0 0;
        padding-left: 1.25rem;
        list-style: disc;
        max-width: 60rem;
      }
    `,
  ];

  @property({ attribute: false }) reading!: Reading;
  @property({ attribute: false }) view!: ViewOptions;

  override render() {
    const { reading } = this;
    const lines = [
      ...(reading.by.length === 0
        ? [msg('Modellen er tilpasset de samme tallene, så for hele landet er snittet over perioden null eller svært nær null. Les utviklingen over tid, ikke nivået.', { id: 'national.guard' })]
        : []),
      this.season(),
      this.interval(),
      this.withoutInterval(),
      this.small(),
      msg('Ingen av tallene viser en årsakssammenheng.', { id: 'reading.causal' }),
    ];
    return html`
      <h4>${msg('Slik kan tallene leses', { id: 'reading.heading' })}</h4>
      <ul class="small">
        ${lines.map((line) => (line === '' ? nothing : html`<li>${line}</li>`))}
      </ul>
    `;
  }

  private season(): string {
    const { seasonalReference, series, seriesAdjusted } = this.reading;
    if (!this.view.seasonal) return msg('Tallene er ikke sesongjustert.', { id: 'reading.unadjusted' });
    if (seriesAdjusted === 0) return msg('Serien kan ikke sesongjusteres: Hver kalendermåned trenger minst to referansemåneder med tall.', { id: 'national.no_season' });
    const range = (text: string): string => text.split('/').map(formatMonthShort).join('–');
    const months = seasonalReference.map(range).join(', ');
    if (seriesAdjusted === series) return msg(str`Sesongjustert etter månedene ${months}.`, { id: 'reading.adjusted' });
    const [all, adjusted] = [formatCount(series), formatCount(seriesAdjusted)];
    return msg(str`${adjusted} av ${all} grupper er sesongjustert, etter månedene ${months}. De andre har for få av dem og vises ikke.`, { id: 'reading.some_adjusted' });
  }

  private interval(): string {
    const { cells, cellsCoveringZero } = this.reading;
    const [level, covering, all] = [String(this.view.level), formatCount(cellsCoveringZero), formatCount(cells)];
    return msg(str`${level} %-intervallet dekker null i ${covering} av ${all} tall: Der kan forskjellen fra det forventede være tilfeldig.`, { id: 'reading.interval' });
  }

  private withoutInterval(): string {
    const { cells, cellsWithoutInterval } = this.reading;
    const without = Object.values(cellsWithoutInterval).reduce((sum, count) => sum + count, 0);
    if (without === 0) return '';
    const [none, all] = [formatCount(without), formatCount(cells)];
    return msg(str`${none} av ${all} tall har ikke noe intervall: Det er for få personer, alle utfall er like, eller modellen holder snittet på null.`, { id: 'reading.without_interval' });
  }

  private small(): string {
    const { cells, cellsUnderThreshold, threshold } = this.reading;
    if (cellsUnderThreshold === 0) return '';
    const [few, all, least] = [formatCount(cellsUnderThreshold), formatCount(cells), formatCount(threshold)];
    return msg(str`${few} av ${all} tall bygger på færre enn ${least} personer.`, { id: 'reading.small' });
  }
}
