/** Where one is in a deck, how much is done, and the ways through it. */
import { createElement } from '../dom';

export interface DeckBarActions {
  previous(): void;
  next(): void;
  firstOpen(): void;
  showKeys(): void;
}

/** "rated" or "coded", "action" or "gap". */
export interface DeckWords {
  readonly thing: string;
  readonly done: string;
}

export class DeckBar {
  private readonly position = createElement('span', { class: 'position' });
  private readonly done = createElement('span', { class: 'done' });
  private readonly fill = createElement('span', { class: 'fill' });
  private readonly previous: HTMLButtonElement;
  private readonly next: HTMLButtonElement;
  private readonly firstOpen: HTMLButtonElement;
  readonly element: HTMLElement;

  constructor(
    private readonly words: DeckWords,
    actions: DeckBarActions,
  ) {
    this.previous = createButton('‹', `Previous ${words.thing}`, 'ArrowLeft', () => actions.previous());
    this.next = createButton('›', `Next ${words.thing}`, 'ArrowRight', () => actions.next());
    this.firstOpen = createElement('button', { type: 'button', class: 'link', 'aria-keyshortcuts': 'u' });
    this.firstOpen.textContent = `First not ${words.done}`;
    this.firstOpen.addEventListener('click', () => actions.firstOpen());
    const keys = createElement('button', { type: 'button', class: 'link', 'aria-keyshortcuts': '?' }, 'Keys');
    keys.append(' ', createElement('kbd', {}, '?'));
    keys.addEventListener('click', () => actions.showKeys());
    this.element = createElement(
      'nav',
      { class: 'bar', 'aria-label': 'Progress' },
      createElement('div', { class: 'steps' }, this.previous, this.position, this.next),
      createElement('div', { class: 'progress', 'aria-hidden': 'true' }, this.fill),
      this.done,
      this.firstOpen,
      keys,
    );
  }

  /** `at`: 0-based. */
  show(at: number, done: number, total: number): void {
    const { thing, done: past } = this.words;
    this.position.textContent = `${capitalize(thing)} ${(at + 1).toLocaleString('en')}`;
    this.done.textContent = `${done.toLocaleString('en')} of ${total.toLocaleString('en')} ${past}`;
    this.fill.style.width = `${total === 0 ? 0 : (100 * done) / total}%`;
    setDisabled(this.previous, at <= 0);
    setDisabled(this.next, at >= total - 1);
    setDisabled(this.firstOpen, done >= total);
  }
}

function createButton(text: string, label: string, key: string, act: () => void): HTMLButtonElement {
  const button = createElement('button', {
    type: 'button',
    class: 'step',
    title: label,
    'aria-label': label,
    'aria-keyshortcuts': key,
  });
  button.textContent = text;
  button.addEventListener('click', act);
  return button;
}

/** Not the attribute `disabled`: that would take the focus away from a button just pressed. */
function setDisabled(button: HTMLButtonElement, disabled: boolean): void {
  button.setAttribute('aria-disabled', String(disabled));
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
