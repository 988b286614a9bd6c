import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { bundleTailBytes, endsAsBundle } from '../src/bundle/ends-as-bundle.ts';
import { main, table4 } from '../src/spec/built-in.ts';
import type { ModelSpec } from '../src/spec/model-spec.ts';
import { parseModelSpec, specText } from '../src/spec/parse-spec.ts';
import { columnLabel } from './column-labels.ts';
import './data-table.ts';
import type { Engine, FileDescription } from './engine.ts';
import './error-view.ts';
import { breakdownColumns, modelColumns } from './file-columns.ts';
import { formatCount, formatNumber } from './format.ts';
import { LocalizedElement } from './localized-element.ts';
import { modelName } from './model-name.ts';
import { sharedStyles } from './shared-styles.ts';

export interface OwnRun {
  readonly files: readonly File[];
  readonly spec: ModelSpec;
  readonly by: readonly string[];
}

/** Opening files of one's own: choose, see the columns, choose model and breakdowns. Fires `run` with an `OwnRun`, or `bundle` with the file. */
@customElement('arbeid-file')
export class FileView extends LocalizedElement {
  static override styles = [
    sharedStyles,
    css`
      dialog {
        width: min(44rem, calc(100vw - 2rem));
        max-height: calc(100dvh - 2rem);
        padding: var(--space-6);
        border: 1px solid var(--line-strong);
        border-radius: calc(var(--radius) * 1.5);
        background: var(--page);
        color: var(--text);
      }
      dialog::backdrop {
        background: rgb(10 18 30 / 55%);
      }
      .stack {
        display: grid;
        gap: var(--space-6);
      }
      .drop {
        display: grid;
        justify-items: center;
        gap: var(--space-2);
        padding: var(--space-8) var(--space-4);
        border: 2px dashed var(--line-strong);
        border-radius: var(--radius);
        text-align: center;
      }
      arbeid-table {
        --table-height: 11rem;
      }
      legend {
        padding: 0;
      }
      .drop.over {
        border-color: var(--accent);
        background: var(--accent-soft);
      }
      .by {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--space-4);
        max-height: 9rem;
        margin-top: 0.25rem;
        overflow-y: auto;
      }
      .by label {
        display: inline-flex;
        align-items: center;
        gap: 0.375rem;
        min-height: 2rem;
      }
      .by input {
        width: 1.125rem;
        height: 1.125rem;
        margin: 0;
        accent-color: var(--accent);
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        justify-content: end;
        gap: var(--space-3);
      }
    `,
  ];

  @property({ attribute: false }) engine!: Engine;
  @state() private files: readonly File[] = [];
  @state() private description: FileDescription | null = null;
  @state() private bundle: File | null = null;
  @state() private spec: ModelSpec = main;
  @state() private ownSpec: ModelSpec | null = null;
  @state() private by: ReadonlySet<string> = new Set();
  @state() private error: unknown = null;
  @state() private over = false;
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('#data') private dataInput!: HTMLInputElement;
  @query('#spec-file') private specInput!: HTMLInputElement;

  /** Opens the dialog, at once with `files` where some were dropped on the page. */
  show(files: readonly File[] = []): void {
    if (!this.dialog.open) this.dialog.showModal();
    if (files.length > 0) void this.take(files);
  }

  private async take(files: readonly File[]): Promise<void> {
    this.files = files;
    this.description = null;
    this.bundle = null;
    this.error = null;
    try {
      if (files.length === 1 && (await isBundle(files[0]!))) {
        if (this.files === files) this.bundle = files[0]!;
        return;
      }
      const description = await this.engine.describe(files);
      if (this.files !== files) return;
      this.description = description;
      const columns = description.columns.map(({ name }) => name);
      this.by = new Set(breakdownColumns(columns, this.spec).filter(({ usual }) => usual).map(({ column }) => column));
    } catch (error) {
      if (this.files === files) this.error = error;
    }
  }

  override render() {
    return html`
      <dialog aria-labelledby="heading" @dragover=${this.onDragOver} @dragleave=${() => (this.over = false)} @drop=${this.onDrop}>
        <div class="stack">
          <div>
            <h2 id="heading">${msg('Åpne egne data', { id: 'file.heading' })}</h2>
            <p class="soft">
              ${msg('Én rad per person og måned, som CSV, Parquet eller Arrow. Filene leses og regnes på her i nettleseren og sendes ikke noe sted.', { id: 'file.lead' })}
            </p>
          </div>
          ${this.renderDrop()}
          ${this.error === null ? nothing : html`<arbeid-error .error=${this.error}></arbeid-error>`}
          ${this.description === null ? nothing : this.renderChoices(this.description)}
          ${this.bundle === null
            ? nothing
            : html`<p class="message">${msg('Filen er et lagret regnestykke (bundle): summer, tabeller og koeffisienter uten rader. Den åpnes slik den er.', { id: 'file.bundle' })}</p>`}
          <div class="actions">
            <button @click=${() => this.dialog.close()}>${msg('Lukk', { id: 'file.close' })}</button>
            ${this.bundle === null
              ? html`<button class="primary" ?disabled=${!this.ready} @click=${this.run}>${msg('Beregn', { id: 'file.run' })}</button>`
              : html`<button class="primary" @click=${this.openBundle}>${msg('Åpne', { id: 'file.open' })}</button>`}
          </div>
        </div>
      </dialog>
    `;
  }

  private renderDrop() {
    const size = this.files.reduce((sum, file) => sum + file.size, 0);
    const names = this.files.map(({ name }) => name).join(', ');
    return html`
      <div class="drop ${this.over ? 'over' : ''}">
        ${this.files.length === 0
          ? html`<p>${msg('Slipp filer her, eller', { id: 'file.drop' })}</p>`
          : html`<p><b>${names}</b> <span class="soft numbers">${formatNumber(size / 1e6, { digits: 1 })} MB</span></p>`}
        <button @click=${() => this.dataInput.click()}>${msg('Velg filer', { id: 'file.choose' })}</button>
        <input id="data" type="file" multiple hidden accept=".csv,.gz,.parquet,.arrow,.arrows,.feather,.ipc" @change=${this.onData} />
      </div>
    `;
  }

  private renderChoices(description: FileDescription) {
    const columns = description.columns.map(({ name }) => name);
    return html`
      ${this.renderColumns(description)} ${this.renderModel()} ${this.renderMissing(columns)}
      <fieldset>
        <legend class="label">${msg('Fordel på', { id: 'breakdown.by' })}</legend>
        <div class="by">
          ${breakdownColumns(columns, this.spec).map(
            ({ column }) => html`
              <label>
                <input type="checkbox" .checked=${this.by.has(column)} @change=${() => this.toggle(column)} />${columnLabel(column)}
              </label>
            `,
          )}
        </div>
      </fieldset>
    `;
  }

  private renderColumns({ columns, rows }: FileDescription) {
    const count = formatCount(columns.length);
    const caption =
      rows === null
        ? msg(str`${count} kolonner`, { id: 'file.columns' })
        : msg(str`${count} kolonner, ${formatCount(rows)} rader`, { id: 'file.columns_rows' });
    return html`<arbeid-table
      .caption=${caption}
      .header=${[msg('Kolonne', { id: 'file.column' }), msg('Type', { id: 'file.type' })]}
      .rows=${columns.map(({ name, type }) => [name, type])}
    ></arbeid-table>`;
  }

  private renderModel() {
    const specs = [main, table4, ...(this.ownSpec === null ? [] : [this.ownSpec])];
    return html`
      <div class="field">
        <label for="model">${msg('Modell', { id: 'file.model' })}</label>
        <select id="model" @change=${(event: Event) => (this.spec = specs[(event.target as HTMLSelectElement).selectedIndex]!)}>
          ${specs.map((spec) => html`<option ?selected=${spec === this.spec}>${modelName(spec)}</option>`)}
        </select>
        <button class="quiet" @click=${() => this.specInput.click()}>${msg('Bruk en egen modellfil (JSON)', { id: 'file.own_model' })}</button>
        <input id="spec-file" type="file" hidden accept=".json" @change=${this.onSpec} />
      </div>
    `;
  }

  private missing(columns: readonly string[]): string[] {
    return modelColumns(this.spec).filter((column) => !columns.includes(column));
  }

  private renderMissing(columns: readonly string[]) {
    const missing = this.missing(columns);
    if (missing.length === 0) return nothing;
    return html`<p class="message error">
      ${msg(str`Modellen trenger kolonner som ikke er i filen: ${missing.join(', ')}. Velg en annen modell, eller gi kolonnene disse navnene.`, { id: 'file.missing' })}
    </p>`;
  }

  private get ready(): boolean {
    return this.description !== null && this.missing(this.description.columns.map(({ name }) => name)).length === 0;
  }

  private toggle(column: string): void {
    const next = new Set(this.by);
    if (!next.delete(column)) next.add(column);
    this.by = next;
  }

  private onData(event: Event): void {
    const { files } = event.target as HTMLInputElement;
    if (files !== null && files.length > 0) void this.take([...files]);
  }

  private async onSpec(event: Event): Promise<void> {
    const file = (event.target as HTMLInputElement).files?.[0];
    if (file === undefined) return;
    try {
      this.spec = this.ownSpec = parseModelSpec(specText(new Uint8Array(await file.arrayBuffer())));
      this.error = null;
    } catch (error) {
      this.error = error;
    }
  }

  private onDragOver(event: DragEvent): void {
    event.preventDefault();
    this.over = true;
  }

  private onDrop(event: DragEvent): void {
    event.preventDefault();
    event.stopPropagation();
    this.over = false;
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) void this.take(files);
  }

  private run(): void {
    const detail: OwnRun = { files: this.files, spec: this.spec, by: [...this.by] };
    this.dialog.close();
    this.dispatchEvent(new CustomEvent('run', { detail }));
  }

  private openBundle(): void {
    this.dialog.close();
    this.dispatchEvent(new CustomEvent('bundle', { detail: this.bundle }));
  }
}

const isBundle = async (file: File): Promise<boolean> => endsAsBundle(new Uint8Array(await file.slice(-bundleTailBytes).arrayBuffer()));
