/** The keys of a deck, in a dialog. */
import { createElement } from '../dom';

export interface KeyHelp {
  readonly keys: readonly string[];
  readonly does: string;
}

export class KeysHelp {
  readonly element: HTMLDialogElement;

  constructor(help: readonly KeyHelp[]) {
    const close = createElement('button', { type: 'button', class: 'primary' }, 'Close');
    const rows = help.flatMap(({ keys, does }) => [
      createElement('dt', {}, ...keys.map((key) => createElement('kbd', {}, key))),
      createElement('dd', {}, does),
    ]);
    this.element = createElement(
      'dialog',
      { class: 'keys', 'aria-labelledby': 'keys-title' },
      createElement('h2', { id: 'keys-title' }, 'Keys'),
      createElement('dl', {}, ...rows),
      close,
    );
    close.addEventListener('click', () => this.element.close());
    this.element.addEventListener('keydown', (event) => {
      event.stopPropagation();
      // Not left to the browser, which closes a little later: the next key is for the deck already.
      if (event.key !== '?' && event.key !== 'Escape') return;
      event.preventDefault();
      this.element.close();
    });
  }

  show(): void {
    if (!this.element.open) this.element.showModal();
  }
}
