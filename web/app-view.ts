import { msg } from '@lit/localize';
import { css, html, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { RunResult } from '../src/run-result.ts';
import { main } from '../src/spec/built-in.ts';
import type { ModelSpec } from '../src/spec/model-spec.ts';
import './about-view.ts';
import './breakdown-view.ts';
import './coefficients-view.ts';
import './comparison-view.ts';
import './data-view.ts';
import { offerDownload } from './download.ts';
import type { BundleRequest, Engine, RunRequest } from './engine.ts';
import './file-view.ts';
import type { FileView, OwnRun } from './file-view.ts';
import { FitTask } from './fit-task.ts';
import './header-view.ts';
import { KeptTask } from './kept-task.ts';
import { LocalizedElement } from './localized-element.ts';
import './national-view.ts';
import { outcomeDisplay } from './outcomes.ts';
import { inPageWords } from './page-words.ts';
import { demoRequest, ownRequest } from './run-requests.ts';
import { sharedStyles } from './shared-styles.ts';
import './view-bar.ts';
import type { ViewOptions } from './view-options.ts';
import './what-if-view.ts';
import './xmr-view.ts';

/** Announcements closer together than this are one: the last. */
const announceDelay = 250;

const methodOf = (request: RunRequest | BundleRequest): 'outcome' | 'analytic' => ('options' in request && request.options.interval === 'analytic' ? 'analytic' : 'outcome');

/** The page: starts on the synthetic population and holds what is looked at. */
@customElement('arbeid-app')
export class AppView extends LocalizedElement {
  static override styles = [
    sharedStyles,
    css`
      :host {
        --page-width: 78rem;
        --gutter: clamp(1rem, 0.5rem + 2.5vw, 2.5rem);
      }
      main {
        max-width: var(--page-width);
        margin-inline: auto;
        padding-inline: var(--gutter);
      }
      arbeid-data {
        margin-top: calc(-1 * clamp(1rem, 0.5rem + 1.5vw, 1.75rem));
      }
      .bar {
        z-index: 2;
        margin-block: var(--space-6) var(--space-8);
        padding-block: var(--space-3);
        border-bottom: 1px solid var(--line);
        background: var(--page);
      }
      @media (min-width: 60rem) and (min-height: 40rem) {
        .bar {
          position: sticky;
          top: 0;
        }
      }
      section {
        margin-bottom: clamp(3rem, 2rem + 4vw, 5.5rem);
      }
      .eyebrow {
        margin-bottom: var(--space-2);
        font-size: 1rem;
        letter-spacing: 0;
        color: var(--text-soft);
      }
      section .lead {
        margin-top: var(--space-2);
      }
      .results {
        transition: opacity 0.2s;
      }
      .stale {
        opacity: 0.45;
      }
      .waiting {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr));
        gap: var(--space-8) var(--space-12);
        margin-block: var(--space-12);
      }
      .waiting div {
        height: 22rem;
        border-radius: var(--radius);
        background: var(--raised);
      }
      footer {
        padding: var(--space-8) var(--gutter);
        border-top: 1px solid var(--line);
        text-align: center;
      }
      footer a {
        color: var(--accent);
      }
      @media (prefers-reduced-motion: reduce) {
        .results {
          transition: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) engine!: Engine;
  @state() private view: ViewOptions = { outcome: main.outcomes[0]!, seasonal: true, level: 80 };
  @state() private version = 0;
  @state() private spoken = '';
  @query('arbeid-file') private fileView!: FileView;
  private task!: FitTask;
  /** The sums of the result that is shown. */
  @state() private kept: KeptTask | null = null;
  private keptOf: RunResult | null = null;
  private request: RunRequest | BundleRequest = demoRequest(main);
  private announcing = 0;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('engine')) return;
    this.task = new FitTask(this.engine);
    this.task.addEventListener('change', () => this.onTask());
    this.engine.onStopped?.((error, all) => {
      if (all) this.kept?.stopped();
      this.task.stopped(error);
    });
    this.start(this.request);
  }

  private start(request: RunRequest | BundleRequest): void {
    this.request = request;
    void this.task.start(request);
  }

  private onTask(): void {
    const outcomes = this.task.result?.spec.outcomes ?? [];
    const outcome = outcomes.find(({ name }) => name === this.view.outcome.name) ?? outcomes[0];
    if (outcome !== undefined && outcome !== this.view.outcome) this.view = { ...this.view, outcome };
    this.version++;
    // What could not be opened leaves the numbers as they were, and so their model.
    if (this.task.status === 'failed' && 'bundle' in this.request && this.task.request !== null) this.request = this.task.request;
    const { result } = this.task;
    if (result === null || result === this.keptOf) return;
    this.keptOf = result;
    this.kept = new KeptTask(this.engine, result);
    this.kept.addEventListener('change', () => this.version++);
  }

  private async save(): Promise<void> {
    const bytes = await this.kept?.save();
    if (bytes) offerDownload('bundle.arrow', new Blob([bytes], { type: 'application/vnd.apache.arrow.file' }));
  }

  /** The same request with another model; a bundle has no rows to estimate one from. */
  private runModel(spec: ModelSpec): void {
    if (!('bundle' in this.request)) this.start({ ...this.request, spec });
  }

  override render() {
    const { status, result } = this.task;
    const { request } = this;
    const fileNames = 'bundle' in request ? [request.bundle.name] : request.source.kind === 'files' ? request.source.files.map(({ name }) => name) : [];
    return html`
      <div @announce=${this.onAnnounce} @dragover=${(event: DragEvent) => event.preventDefault()} @drop=${this.onDrop}>
        <header><arbeid-header></arbeid-header></header>
        <main>
          <arbeid-data
            .task=${this.task}
            .version=${this.version}
            .spec=${'bundle' in request ? null : request.spec}
            .kept=${this.kept}
            ?synthetic=${fileNames.length === 0}
            .fileNames=${fileNames}
            @open=${() => this.fileView.show()}
            @cancel=${() => this.task.cancel()}
            @again=${() => this.start(this.request)}
            @model=${(event: CustomEvent<ModelSpec>) => this.runModel(event.detail)}
            @save=${() => this.save()}
          ></arbeid-data>
          ${result === null ? this.renderWaiting(status === 'running') : this.renderResult(result, status === 'running')}
          <section><arbeid-about></arbeid-about></section>
        </main>
        <footer class="small soft">
          ${msg('Bygger på metoden i Navs rapport om arbeidsindikatoren, 2025. Alt regnes ut på denne maskinen.', { id: 'app.footer' })}
          <a href="THIRD-PARTY-NOTICES.txt">${msg('Programvare fra andre, med lisenser', { id: 'app.notices' })}</a>
        </footer>
        <arbeid-file
          .engine=${this.engine}
          @run=${(event: CustomEvent<OwnRun>) => this.start(ownRequest(event.detail))}
          @bundle=${(event: CustomEvent<File>) => this.start({ bundle: event.detail })}
        ></arbeid-file>
        <div class="visually-hidden" role="status" aria-live="polite">${this.spoken}</div>
      </div>
    `;
  }

  private renderWaiting(running: boolean) {
    return running ? html`<div class="waiting" aria-hidden="true"><div></div><div></div></div>` : html`<div class="waiting"></div>`;
  }

  private renderResult(result: RunResult, stale: boolean) {
    const { view } = this;
    return html`
      <div class="bar">
        <arbeid-view-bar
          .outcomes=${result.spec.outcomes}
          .view=${view}
          .method=${this.canCompare(result) ? methodOf((stale ? null : this.task.request) ?? this.request) : null}
          @change=${(event: CustomEvent<ViewOptions>) => (this.view = event.detail)}
          @method=${(event: CustomEvent<'outcome' | 'analytic'>) => this.startWith(event.detail)}
        ></arbeid-view-bar>
      </div>
      <div class="results ${stale ? 'stale' : ''}" aria-busy=${stale}>
        ${result.warnings.length === 0
          ? nothing
          : html`<ul class="message notice small">${result.warnings.map((warning) => html`<li>${inPageWords(warning)}</li>`)}</ul>`}
        <section aria-labelledby="national">
          <h2 id="national" class="eyebrow">${msg('Hele landet', { id: 'app.national' })} · ${outcomeDisplay(view.outcome).title}</h2>
          <arbeid-national .result=${result} .view=${view}></arbeid-national>
        </section>
        ${result.tables.length > 1 ? this.renderBreakdown(result) : nothing}
        ${result.tables.length > 1 && this.canCompare(result) ? this.renderComparison(result, stale) : nothing}
        ${result.tables[0]?.period === 'month' ? this.renderXmr(result, stale) : nothing}
        <section aria-labelledby="coefficients">
          <h2 id="coefficients">${msg('Hva forventningen er bygd av', { id: 'app.coefficients' })}</h2>
          <p class="lead">
            ${msg('Hvert kjennetegn legger til eller trekker fra. Koeffisienten er forskjellen fra referansenivået når alt annet er likt. Tallene rapporten trykker i tabell 4, er tegnet inn ved siden av.', { id: 'app.coefficients_lead' })}
          </p>
          <arbeid-coefficients .engine=${this.engine} .result=${result} .view=${view} ?busy=${stale} ?rows=${this.task.about === null}></arbeid-coefficients>
        </section>
        ${this.kept === null ? nothing : this.renderWhatIf(result, this.kept)}
      </div>
    `;
  }

  private startWith(interval: 'outcome' | 'analytic'): void {
    if ('options' in this.request) this.start({ ...this.request, options: { ...this.request.options, interval } });
  }

  private renderBreakdown(result: RunResult) {
    return html`
      <section aria-labelledby="breakdown">
        <h2 id="breakdown">${msg('Fylker og grupper', { id: 'app.breakdown' })}</h2>
        <p class="lead">
          ${msg('Alle grupper er tegnet i grått. Velg dem du vil følge, i listen eller ved å klikke på en linje.', { id: 'app.breakdown_lead' })}
        </p>
        <arbeid-breakdown .result=${result} .view=${this.view}></arbeid-breakdown>
      </section>
    `;
  }

  private renderWhatIf(result: RunResult, kept: KeptTask) {
    return html`
      <section aria-labelledby="what-if">
        <h2 id="what-if">${msg('Hva om?', { id: 'app.what_if' })}</h2>
        <p class="lead">
          ${msg('Endre modellen, menneskene eller én person, og se hva som skjer med det forventede. Svarene regnes ut av summer, uten at radene leses på nytt.', { id: 'app.what_if_lead' })}
        </p>
        <arbeid-what-if .task=${kept} .result=${result} .view=${this.view} ?ready=${this.task.about !== null}></arbeid-what-if>
      </section>
    `;
  }

  /** It takes the rows, which a bundle has not; and persons may be in several populations, which analytic errors do not know of. */
  private canCompare({ spec }: RunResult): boolean {
    return this.task.about === null && (spec.separateBy ?? null) === null;
  }

  private renderComparison(result: RunResult, stale: boolean) {
    return html`
      <section aria-labelledby="comparison">
        <h2 id="comparison">${msg('Sammenlign enheter', { id: 'app.comparison' })}</h2>
        <p class="lead">
          ${msg('Skiller en enhet seg fra landet mer enn tilfeldigheter gjør? Trakten viser hvor mye tallene kan svinge for små og store enheter.', { id: 'app.comparison_lead' })}
        </p>
        <arbeid-comparison .engine=${this.engine} .result=${result} .view=${this.view} ?busy=${stale}></arbeid-comparison>
      </section>
    `;
  }

  private renderXmr(result: RunResult, stale: boolean) {
    return html`
      <section aria-labelledby="xmr">
        <h2 id="xmr">${msg('Én enhet over tid', { id: 'app.xmr' })}</h2>
        <p class="lead">
          ${msg('Har noe endret seg, eller svinger tallet som det pleier? XmR-diagrammet regner grensene ut av enhetens egne sprang.', { id: 'app.xmr_lead' })}
        </p>
        <arbeid-xmr .engine=${this.engine} .result=${result} .view=${this.view} ?busy=${stale}></arbeid-xmr>
      </section>
    `;
  }

  private onAnnounce(event: CustomEvent<string>): void {
    clearTimeout(this.announcing);
    this.announcing = window.setTimeout(() => (this.spoken = event.detail), announceDelay);
  }

  private onDrop(event: DragEvent): void {
    event.preventDefault();
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) this.fileView.show(files);
  }
}
