import { msg } from '@lit/localize';
import { css, html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { LocalizedElement } from './localized-element.ts';
import { changeLocale, currentLocale, locales } from './locale.ts';
import type { Locale } from './locale.ts';
import { sharedStyles } from './shared-styles.ts';
import { applyTheme, rememberedTheme, themes } from './theme.ts';
import type { Theme } from './theme.ts';

const languageNames: Readonly<Record<Locale, string>> = { nb: 'Bokmål', nn: 'Nynorsk', en: 'English' };

/** Name of the site, language and theme, and what it is about. */
@customElement('arbeid-header')
export class HeaderView extends LocalizedElement {
  static override styles = [
    sharedStyles,
    css`
      :host {
        background: var(--band);
      }
      .inner {
        max-width: var(--page-width);
        margin-inline: auto;
        padding: var(--space-4) var(--gutter) clamp(2rem, 1.5rem + 2vw, 3rem);
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-2) var(--space-6);
      }
      .brand {
        display: inline-flex;
        align-items: center;
        gap: 0.625rem;
        font-weight: 600;
        font-size: 1.125rem;
      }
      .brand path {
        fill: none;
        stroke-width: 3;
        stroke-linecap: round;
        stroke-linejoin: round;
      }
      .brand .over {
        stroke: var(--accent);
      }
      .brand .under {
        stroke: var(--line-strong);
        stroke-dasharray: 1 5;
      }
      .settings {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      .settings select {
        min-height: 2.25rem;
        padding-block: 0.125rem;
        background: transparent;
        font-size: 0.9375rem;
      }
      option {
        background: var(--page);
      }
      .about {
        display: grid;
        align-items: end;
        gap: var(--space-4) var(--space-12);
        margin-top: clamp(1.5rem, 1rem + 2vw, 2.5rem);
      }
      @media (min-width: 60rem) {
        .about {
          grid-template-columns: 1.25fr 1fr;
        }
      }
      h1 {
        font-size: clamp(1.75rem, 1.3rem + 2.2vw, 2.625rem);
        line-height: 1.12;
        letter-spacing: -0.025em;
      }
      .lead {
        color: var(--text);
      }
    `,
  ];

  @state() private theme: Theme = rememberedTheme();

  override render() {
    return html`
      <div class="inner">
        <div class="bar">
          <span class="brand">
            <svg width="32" height="24" viewBox="0 0 32 24" aria-hidden="true">
              <path class="under" d="M2 18C10 17 20 15 30 11"></path>
              <path class="over" d="M2 20L10 13L17 15L30 4"></path>
            </svg>
            ${msg('Arbeidsindikatoren', { id: 'header.brand' })}
          </span>
          <div class="settings">${this.renderLanguage()} ${this.renderTheme()}</div>
        </div>
        <div class="about">
          <h1>${msg('Kommer folk mer eller mindre i arbeid enn vi kunne vente?', { id: 'header.title' })}</h1>
          <p class="lead">
            ${msg('Arbeidsindikatoren måler hvor mye de som får oppfølging fra Nav, jobber i tiden etterpå, og trekker fra det vi kunne vente ut fra hvem de er og arbeidsmarkedet der de bor. Det som står igjen, er indikatoren.', { id: 'header.lead' })}
          </p>
        </div>
      </div>
    `;
  }

  private renderLanguage() {
    const change = (event: Event) => void changeLocale(locales[(event.target as HTMLSelectElement).selectedIndex]!);
    return html`
      <select aria-label="Språk / Language" @change=${change}>
        ${locales.map((locale) => html`<option lang=${locale} ?selected=${locale === currentLocale()}>${languageNames[locale]}</option>`)}
      </select>
    `;
  }

  private renderTheme() {
    const names: Record<Theme, string> = {
      system: msg('Som systemet', { id: 'theme.system' }),
      light: msg('Lyst', { id: 'theme.light' }),
      dark: msg('Mørkt', { id: 'theme.dark' }),
    };
    const change = (event: Event) => {
      this.theme = themes[(event.target as HTMLSelectElement).selectedIndex]!;
      applyTheme(this.theme);
    };
    return html`
      <select aria-label=${msg('Utseende', { id: 'theme.label' })} @change=${change}>
        ${themes.map((theme) => html`<option ?selected=${theme === this.theme}>${names[theme]}</option>`)}
      </select>
    `;
  }
}
