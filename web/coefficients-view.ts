import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Coefficient, Fit } from '../src/estimate/fit.ts';
import type { RunResult } from '../src/run-result.ts';
import { builtInSpecs } from '../src/spec/built-in.ts';
import './chart-view.ts';
import './coefficient-rows.ts';
import { csvText, download } from './csv.ts';
import { formatCount, formatNumber } from './format.ts';
import { LocalizedElement } from './localized-element.ts';
import { outcomeDisplay } from './outcomes.ts';
import { sharedStyles } from './shared-styles.ts';
import { publishedCoefficient } from './table4-published.ts';
import type { Published } from './table4-published.ts';
import { termChartLines } from './term-chart.ts';
import { termGroups } from './term-groups.ts';
import type { TermGroup } from './term-groups.ts';
import type { ViewOptions } from './view-options.ts';

/** With more levels than this, numbered ones are a curve rather than rows. */
const mostRows = 14;

/** What the expectation is built from: the coefficients beside those the report prints, and how the fit went. */
@customElement('arbeid-coefficients')
export class CoefficientsView extends LocalizedElement {
  static override styles = [
    sharedStyles,
    css`
      .controls {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: var(--space-4) var(--space-6);
        margin-block: var(--space-6);
      }
      .terms {
        display: grid;
        gap: var(--space-8);
      }
      dl {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2) var(--space-8);
        margin-top: var(--space-8);
        padding-top: var(--space-4);
        border-top: 1px solid var(--line);
      }
      dt {
        font-size: 0.875rem;
        color: var(--text-soft);
      }
      dd {
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) result!: RunResult;
  @property({ attribute: false }) view!: ViewOptions;
  @state() private chosen = 'age';
  @state() private population = '';

  override render() {
    const fits = this.result.fits.filter((fit) => fit.outcome === this.view.outcome.name);
    const fit = fits.find(({ population }) => population === this.population) ?? fits[0];
    if (fit === undefined) return nothing;
    const groups = termGroups([...new Set(fit.coefficients.map(({ term }) => term))]);
    const group = groups.find(({ key }) => key === this.chosen) ?? groups[0];
    return html`
      <div class="controls">
        ${fits.length > 1 ? this.renderPopulations(fits, fit) : nothing}
        <div class="field">
          <label for="term">${msg('Kjennetegn', { id: 'coefficients.term' })}</label>
          <select id="term" @change=${(event: Event) => (this.chosen = groups[(event.target as HTMLSelectElement).selectedIndex].key)}>
            ${groups.map(({ key, label }) => html`<option ?selected=${key === group.key}>${label}</option>`)}
          </select>
        </div>
        <button @click=${() => this.downloadCsv(fit)}>${msg('Last ned alle koeffisienter', { id: 'coefficients.download' })}</button>
      </div>
      ${this.renderTerms(fit, group)} ${this.renderFacts(fit)}
    `;
  }

  /** Only the built-in models have the terms and levels of the printed table. */
  private get published(): Published {
    return builtInSpecs.has(this.result.spec.name) ? publishedCoefficient : () => null;
  }

  private renderPopulations(fits: readonly Fit[], fit: Fit) {
    return html`
      <div class="field">
        <label for="population">${msg('Befolkning', { id: 'coefficients.population' })}</label>
        <select id="population" @change=${(event: Event) => (this.population = (event.target as HTMLSelectElement).value)}>
          ${fits.map(({ population }) => html`<option ?selected=${population === fit.population}>${population}</option>`)}
        </select>
      </div>
    `;
  }

  private renderTerms(fit: Fit, group: TermGroup) {
    const unit =
      fit.family === 'probit'
        ? msg('på probitmodellens skala', { id: 'coefficients.probit_unit' })
        : outcomeDisplay(this.view.outcome).differenceUnit;
    const rows = fit.coefficients.filter(({ term }) => group.terms.includes(term));
    const numbered = group.terms.length === 1 && rows.length > mostRows && rows.every(({ level }) => /^-?\d+$/.test(level));
    return numbered ? this.renderChart(rows, group, unit) : this.renderRows(rows, group, unit);
  }

  private renderChart(rows: readonly Coefficient[], group: TermGroup, unit: string) {
    const outcome = this.view.outcome.name;
    const every = Math.ceil(rows.length / 12);
    const known = rows.flatMap(({ estimate }, k) => (estimate === null ? [] : [k]));
    const say = (k: number | undefined) => (k === undefined ? '' : `${rows[k].level}: ${formatNumber(rows[k].estimate, { digits: 2, signed: true })}`);
    return html`<arbeid-chart
      .heading=${group.label}
      .unit=${msg(str`${unit}, skravert: ${String(this.view.level)} %-intervall`, { id: 'coefficients.unit' })}
      .summary=${msg(str`Koeffisienter for ${group.label}, ${String(rows.length)} nivåer, ved siden av rapportens tabell 4. Første nivå ${say(known[0])}, siste nivå ${say(known.at(-1))}.`, { id: 'coefficients.summary' })}
      .labels=${rows.map(({ level }) => level)}
      .xTitle=${msg('Nivå', { id: 'coefficients.level' })}
      .ticks=${rows.flatMap(({ level }, at) => (Number(level) % every === 0 ? [{ at, label: level }] : []))}
      .lines=${termChartLines(rows, { outcome, level: this.view.level, published: this.published })}
      .formatValue=${(value: number | null) => formatNumber(value, { digits: 2, signed: true })}
      .fileName=${`koeffisienter-${outcome}-${group.key}`}
      .stride=${every}
      zero
    ></arbeid-chart>`;
  }

  private renderRows(rows: readonly Coefficient[], group: TermGroup, unit: string) {
    return html`<arbeid-coefficient-rows
      .caption=${`${group.label} (${unit})`}
      .rows=${rows}
      .outcome=${this.view.outcome.name}
      .level=${this.view.level}
      .grouped=${group.terms.length > 1}
      .published=${this.published}
    ></arbeid-coefficient-rows>`;
  }

  private renderFacts(fit: Fit) {
    const fact = (name: string, value: string) => html`<div><dt>${name}</dt><dd class="numbers">${value}</dd></div>`;
    const share = fit.rSquared ?? fit.pseudoRSquared;
    const iterations = fit.trace.filter(({ pass }) => pass !== 'score').length;
    return html`
      <dl>
        ${fact(msg('Rader i beregningen', { id: 'fit.rows' }), formatCount(fit.n))}
        ${fact(msg('Personer', { id: 'fit.persons' }), formatCount(fit.persons))}
        ${fact(msg('Parametre', { id: 'fit.rank' }), formatCount(fit.rank))}
        ${share === null ? nothing : fact(fit.rSquared === null ? msg('Pseudo-R²', { id: 'fit.pseudo' }) : 'R²', formatNumber(share, { digits: 3 }))}
        ${fit.sigma === null ? nothing : fact(msg('Standardavvik i restleddet', { id: 'fit.sigma' }), formatNumber(fit.sigma, { digits: 2 }))}
        ${fit.family === 'probit' ? fact(msg('Newton-steg', { id: 'fit.steps' }), formatCount(iterations)) : nothing}
        ${fit.setAside === 0 ? nothing : fact(msg('Rader satt til side ved separasjon', { id: 'fit.set_aside' }), formatCount(fit.setAside))}
      </dl>
    `;
  }

  private downloadCsv(fit: Fit): void {
    const header = ['term', 'level', 'status', 'n', 'estimate', 'std_error', 'conf_low', 'conf_high', 'table4'];
    const rows = fit.coefficients.map((row) => [
      row.term,
      row.level,
      row.status,
      row.n,
      row.estimate,
      row.standardError,
      row.confLow,
      row.confHigh,
      this.published(row.term, row.level, fit.outcome),
    ]);
    download(`koeffisienter-${fit.outcome}.csv`, csvText(header, rows));
  }
}
