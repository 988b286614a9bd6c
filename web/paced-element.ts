import { LocalizedElement } from './localized-element.ts';

/** An element whose rendering is a task of its own, so that the page can answer a key or a pointer between two of them. */
export class PacedElement extends LocalizedElement {
  protected override async scheduleUpdate(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    super.scheduleUpdate();
  }
}
