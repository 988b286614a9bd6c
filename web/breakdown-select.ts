import { html } from 'lit';
import { columnLabel } from './column-labels.ts';

interface BreakdownSelect {
  readonly id: string;
  readonly label: string;
  readonly breakdowns: readonly (readonly string[])[];
  /** What no breakdown is called, where it is one of them. */
  readonly whole?: string;
  readonly chosen: number;
  readonly choose: (breakdown: number) => void;
}

/** What a breakdown is called. */
export const breakdownName = (by: readonly string[]): string => by.map(columnLabel).join(' × ');

/** A field that chooses one of the breakdowns. */
export function breakdownSelect({ id, label, breakdowns, whole = '', chosen, choose }: BreakdownSelect) {
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      <select id=${id} @change=${(event: Event) => choose((event.target as HTMLSelectElement).selectedIndex)}>
        ${breakdowns.map((by, k) => html`<option .selected=${k === chosen}>${by.length === 0 ? whole : breakdownName(by)}</option>`)}
      </select>
    </div>
  `;
}
