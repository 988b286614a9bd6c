import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Coefficient, Fit } from '../src/estimate/fit.ts';
import type { RunResult } from '../src/run-result.ts';
import { builtInSpecs } from '../src/spec/built-in.ts';
import type { AverageEffect } from '../src/whatif/average-effects.ts';
import './chart-view.ts';
import './choice-group.ts';
import './coefficient-rows.ts';
import { controlStyles } from './control-styles.ts';
import { csvText, download } from './csv.ts';
import { effectRows } from './effect-rows.ts';
import type { Engine } from './engine.ts';
import './error-view.ts';
import { formatCount, formatNumber } from './format.ts';
import { LatestAnswer } from './latest-answer.ts';
import { outcomeDisplay } from './outcomes.ts';
import { PacedElement } from './paced-element.ts';
import { sharedStyles } from './shared-styles.ts';
import { publishedCoefficient } from './table4-published.ts';
import type { Published } from './table4-published.ts';
import { termChartLines } from './term-chart.ts';
import { termGroups } from './term-groups.ts';
import type { TermGroup } from './term-groups.ts';
import type { ViewOptions } from './view-options.ts';

type Quantity = 'coefficient' | 'effect';

interface Shown {
  readonly unit: string;
  readonly published: Published;
}

const nothingPrinted: Published = () => null;

/** With more levels than this, numbered ones are a curve rather than rows. */
const mostRows = 14;

/** What the expectation is built from: the coefficients beside those the report prints, and how the fit went. */
@customElement('arbeid-coefficients')
export class CoefficientsView extends PacedElement {
  static override styles = [
    sharedStyles,
    controlStyles,
    css`
      .note {
        max-width: 46rem;
        margin-bottom: var(--space-4);
        color: var(--text-soft);
        text-wrap: pretty;
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
  @property({ attribute: false }) engine!: Engine;
  /** A run is under way: its rows take the place of those asked. */
  @property({ type: Boolean }) busy = false;
  /** The rows of the result are there to be asked. */
  @property({ type: Boolean }) rows = false;
  @state() private chosen = 'age';
  @state() private population = '';
  @state() private quantity: Quantity = 'coefficient';
  private readonly held = new LatestAnswer<readonly AverageEffect[]>(this);

  /** Effects take the rows, so they are asked for when that choice is made. */
  protected override willUpdate(): void {
    const { result, view: { outcome }, busy } = this;
    if (busy || !this.showsEffects) this.held.drop();
    else this.held.ask([result, outcome.name], (signal) => (result.effects.length > 0 ? Promise.resolve(result.effects.filter((effect) => effect.outcome === outcome.name)) : this.engine.effects(result, outcome.name, signal)));
  }

  private get showsEffects(): boolean {
    return this.quantity === 'effect' && this.hasEffects;
  }

  private get hasEffects(): boolean {
    return this.view.outcome.family === 'probit' && (this.rows || this.result.effects.length > 0);
  }

  override render() {
    const fits = this.result.fits.filter((fit) => fit.outcome === this.view.outcome.name);
    const fit = fits.find(({ population }) => population === this.population) ?? fits[0];
    if (fit === undefined) return nothing;
    const groups = termGroups([...new Set(fit.coefficients.map(({ term }) => term))]);
    const group = groups.find(({ key }) => key === this.chosen) ?? groups[0]!;
    return html`
      <div class="controls">
        ${fits.length > 1 ? this.renderPopulations(fits, fit) : nothing} ${this.hasEffects ? this.renderQuantity() : nothing}
        <div class="field">
          <label for="term">${msg('Kjennetegn', { id: 'coefficients.term' })}</label>
          <select id="term" @change=${(event: Event) => (this.chosen = groups[(event.target as HTMLSelectElement).selectedIndex]!.key)}>
            ${groups.map(({ key, label }) => html`<option ?selected=${key === group.key}>${label}</option>`)}
          </select>
        </div>
        <button @click=${() => this.downloadCsv(fit)}>${msg('Last ned alle koeffisienter', { id: 'coefficients.download' })}</button>
      </div>
      ${this.showsEffects ? this.renderEffects(fit, group) : this.renderTerms(fit.coefficients, group, this.shown(fit))} ${this.renderFacts(fit)}
    `;
  }

  /** Only the built-in models have the terms and levels of the printed table. */
  private get published(): Published {
    return builtInSpecs.has(this.result.spec.name) ? publishedCoefficient : nothingPrinted;
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

  private renderQuantity() {
    return html`<arbeid-choice
      .label=${msg('Vis', { id: 'breakdown.show' })}
      .value=${this.quantity}
      .options=${[
        { value: 'coefficient', label: msg('Koeffisienter', { id: 'coefficients.coefficients' }) },
        { value: 'effect', label: msg('I prosentpoeng', { id: 'coefficients.effects' }) },
      ]}
      @choose=${(event: CustomEvent<Quantity>) => (this.quantity = event.detail)}
    ></arbeid-choice>`;
  }

  private shown(fit: Fit): Shown {
    const { published } = this;
    if (fit.family === 'probit') return { unit: msg('på probitmodellens skala', { id: 'coefficients.probit_unit' }), published };
    return { unit: outcomeDisplay(this.view.outcome).differenceUnit, published };
  }

  private renderEffects(fit: Fit, group: TermGroup) {
    const { answer, error, pending } = this.held;
    const shown = answer !== null && answer.every(({ outcome }) => outcome === fit.outcome) ? answer : null;
    return html`
      <p class="note">
        ${msg('Gjennomsnittlig marginal effekt: Hvor mye den forventede andelen i jobb ville vært høyere eller lavere om alle hadde dette nivået i stedet for referansen, og ellers var som de er. Det er modellens regnestykke, ikke en årsakssammenheng.', { id: 'coefficients.effects_note' })}
      </p>
      ${error === null ? nothing : html`<arbeid-error .error=${error}></arbeid-error>`}
      <p role="status" class="soft">${pending ? msg('Regnes ut av radene …', { id: 'coefficients.effects_wait' }) : nothing}</p>
      ${shown === null
        ? nothing
        : html`<div aria-busy=${pending} class=${pending ? 'stale' : ''}>
            ${this.renderTerms(effectRows(fit, shown), group, { unit: msg('prosentpoeng', { id: 'unit.points' }), published: nothingPrinted })}
          </div>`}
    `;
  }

  private renderTerms(all: readonly Coefficient[], group: TermGroup, shown: Shown) {
    const rows = all.filter(({ term }) => group.terms.includes(term));
    if (rows.length === 0) return html`<p class="message">${msg('Kjennetegn som går inn som et tall, har ingen effekt av denne typen.', { id: 'coefficients.effects_none' })}</p>`;
    const numbered = group.terms.length === 1 && rows.length > mostRows && rows.every(({ level }) => /^-?\d+$/.test(level));
    return numbered ? this.renderChart(rows, group, shown) : this.renderRows(rows, group, shown);
  }

  private renderChart(rows: readonly Coefficient[], group: TermGroup, { unit, published }: Shown) {
    const outcome = this.view.outcome.name;
    const every = Math.ceil(rows.length / 12);
    const known = rows.flatMap(({ estimate }, k) => (estimate === null ? [] : [k]));
    const say = (k: number | undefined) => (k === undefined ? '' : `${rows[k]!.level}: ${formatNumber(rows[k]!.estimate, { digits: 2, signed: true })}`);
    return html`<arbeid-chart
      .heading=${group.label}
      .unit=${msg(str`${unit}, skravert: ${String(this.view.level)} %-intervall`, { id: 'coefficients.unit' })}
      .summary=${published !== nothingPrinted
        ? msg(str`Koeffisienter for ${group.label}, ${String(rows.length)} nivåer, ved siden av rapportens tabell 4. Første nivå ${say(known[0])}, siste nivå ${say(known.at(-1))}.`, { id: 'coefficients.summary' })
        : msg(str`${group.label} i ${unit}, ${String(rows.length)} nivåer. Første nivå ${say(known[0])}, siste nivå ${say(known.at(-1))}.`, { id: 'coefficients.effects_summary' })}
      .labels=${rows.map(({ level }) => level)}
      .xTitle=${msg('Nivå', { id: 'coefficients.level' })}
      .ticks=${rows.flatMap(({ level }, at) => (Number(level) % every === 0 ? [{ at, label: level }] : []))}
      .lines=${termChartLines(rows, { outcome, level: this.view.level, published })}
      .formatValue=${(value: number | null) => formatNumber(value, { digits: 2, signed: true })}
      .fileName=${`koeffisienter-${outcome}-${group.key}`}
      .stride=${every}
      zero
    ></arbeid-chart>`;
  }

  private renderRows(rows: readonly Coefficient[], group: TermGroup, { unit, published }: Shown) {
    return html`<arbeid-coefficient-rows
      .caption=${`${group.label} (${unit})`}
      .rows=${rows}
      .outcome=${this.view.outcome.name}
      .level=${this.view.level}
      .grouped=${group.terms.length > 1}
      .published=${published}
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
    const effects = this.showsEffects && this.held.answer !== null ? new Map(effectRows(fit, this.held.answer).map((row) => [`${row.term}\n${row.level}`, row])) : null;
    const header = ['term', 'level', 'status', 'n', 'estimate', 'std_error', 'conf_low', 'conf_high', 'table4', ...(effects === null ? [] : ['effect_points', 'effect_std_error', 'effect_status'])];
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
      ...(effects === null ? [] : [effects.get(`${row.term}\n${row.level}`)?.estimate ?? null, effects.get(`${row.term}\n${row.level}`)?.standardError ?? null, effects.get(`${row.term}\n${row.level}`)?.status ?? null]),
    ]);
    download(`koeffisienter-${fit.outcome}.csv`, csvText(header, rows));
  }
}
