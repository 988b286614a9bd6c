import './app-view.ts';
import type { AppView } from './app-view.ts';
import { changeLocale, rememberedLocale } from './locale.ts';
import { openEngine } from './open-engine.ts';
import { applyTheme, rememberedTheme } from './theme.ts';

applyTheme(rememberedTheme());
await changeLocale(rememberedLocale());

const app: AppView = document.createElement('arbeid-app');
app.engine = openEngine();
document.body.append(app);

declare global {
  interface HTMLElementTagNameMap {
    'arbeid-app': AppView;
  }
}
