import { msg } from '@lit/localize';
import { css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { LocalizedElement } from './localized-element.ts';
import { sharedStyles } from './shared-styles.ts';

/** What the numbers mean, what they do not, and where the data go: nowhere. */
@customElement('arbeid-about')
export class AboutView extends LocalizedElement {
  static override styles = [
    sharedStyles,
    css`
      .columns {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr));
        gap: var(--space-6) var(--space-12);
        margin-top: var(--space-6);
      }
      h3 {
        margin-bottom: var(--space-2);
      }
    `,
  ];

  override render() {
    const part = (heading: string, text: string) => html`<div><h3>${heading}</h3><p class="soft">${text}</p></div>`;
    return html`
      <h2>${msg('Hva ser jeg på?', { id: 'about.heading' })}</h2>
      <div class="columns">
        ${part(
          msg('Faktisk', { id: 'actual' }),
          msg('Arbeidstid er avtalte timer i uka, som snitt over de neste 3 eller 12 månedene. I jobb er andelen med mer enn 19 timer i uka 3 eller 12 måneder senere.', { id: 'about.actual' }),
        )}
        ${part(
          msg('Forventet', { id: 'expected' }),
          msg('En regresjon på alle rader gir hver person en forventning ut fra alder, familie, arbeidstid nå, tidligere inntekt, ytelser, landbakgrunn, tid hos Nav og arbeidsmarkedet i regionen.', { id: 'about.expected' }),
        )}
        ${part(
          msg('Indikator', { id: 'indicator' }),
          msg('Snittet av faktisk minus forventet i en gruppe. Null betyr som forventet. Under null betyr ikke at et kontor gjør en dårlig jobb: Modellen ser ikke alt, og tallene sier ikke hva som er årsaken.', { id: 'about.indicator' }),
        )}
        ${part(
          msg('Usikkerhet', { id: 'about.uncertainty_heading' }),
          msg('Intervallet viser hvor mye tallet kan svinge ved tilfeldigheter. Med mange grupper vil noen falle utenfor selv om ingenting har skjedd. Rapportens metode ser bare på hvor mye utfallet varierer, og gir sesongjusterte tall samme bredde som ujusterte. Hele usikkerheten regner også med at modellen er beregnet, og at samme person er med i mange måneder.', { id: 'about.uncertainty' }),
        )}
        ${part(
          msg('Sesong', { id: 'about.season_heading' }),
          msg('Sesongjustering trekker fra det som er vanlig i hver kalendermåned, målt i månedene utenom pandemien.', { id: 'about.season' }),
        )}
        ${part(
          msg('Dataene blir her', { id: 'about.privacy_heading' }),
          msg('Alt regnes ut i nettleseren på denne maskinen. Ingen rader, tall eller filer sendes noe sted.', { id: 'about.privacy' }),
        )}
      </div>
    `;
  }
}
