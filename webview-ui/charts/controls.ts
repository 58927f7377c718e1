/** The switches and lists above a chart. */
import { createElement } from '../dom';
import type { Control, Option } from './choices';
import type { Target } from './plot/target';

export interface ControlActions {
  choose(control: string, value: string): void;
  follow(target: Target): void;
}

/** Makes its elements anew only where what is offered has changed: an open list or the focus must not be lost while answers come in. */
export class ControlBar {
  readonly element = createElement('div', { class: 'controls' });
  private shown = '';

  constructor(private readonly actions: ControlActions) {}

  show(controls: readonly Control[]): void {
    const offered = controls.filter(({ options }) => options.length > 1);
    this.element.hidden = offered.length === 0;
    const shape = JSON.stringify(offered.map(({ id, label, options }) => [id, label, options]));
    if (shape !== this.shown) {
      this.shown = shape;
      this.element.replaceChildren(...offered.map((control) => this.create(control)));
    }
    for (const { id, chosen } of offered) {
      for (const button of this.element.querySelectorAll<HTMLButtonElement>('button')) {
        if (button.name === id) button.setAttribute('aria-pressed', String(button.value === chosen));
      }
      for (const list of this.element.querySelectorAll('select')) if (list.name === id) list.value = chosen;
    }
  }

  private create(control: Control): HTMLElement {
    return control.form === 'switch' ? this.createSwitch(control) : this.createList(control);
  }

  private createSwitch({ id, label, options }: Control): HTMLElement {
    const buttons = options.map(({ value, label: text }) => {
      const button = createElement('button', { type: 'button' }, text);
      button.name = id;
      button.value = value;
      button.addEventListener('click', () => this.actions.choose(id, value));
      return button;
    });
    return createElement('div', { class: 'choices', role: 'group', 'aria-label': label }, ...buttons);
  }

  private createList({ id, label, options }: Control): HTMLElement {
    const list = createElement('select');
    list.name = id;
    const headings = [...new Set(options.map(({ under }) => under))];
    for (const under of headings) {
      const own = options.filter((option) => option.under === under).map(createOption);
      if (under === undefined) list.append(...own);
      else list.append(createElement('optgroup', { label: under }, ...own));
    }
    list.addEventListener('change', () => {
      const { target, value } = options.find((option) => option.value === list.value) ?? {};
      if (target) this.actions.follow(target);
      else if (value !== undefined) this.actions.choose(id, value);
    });
    return createElement('label', { class: 'list' }, createElement('span', {}, label), list);
  }
}

function createOption({ value, label }: Option): HTMLOptionElement {
  const option = createElement('option', {}, label);
  option.value = value;
  return option;
}
