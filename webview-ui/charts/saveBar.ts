/** The small bar beside "Chart" and "Table": the chart as a file, in three forms. */
import { createElement } from '../dom';
import { type SavedForm, SaveError } from './picture/savedChart';

const FORMS: readonly { readonly form: SavedForm; readonly text: string }[] = [
  { form: 'png', text: 'PNG' },
  { form: 'svg', text: 'SVG' },
  { form: 'csv', text: 'CSV' },
];

export class SaveBar {
  readonly element: HTMLElement;
  /** Says why there is no file. */
  readonly problem = createElement('p', { class: 'problem', role: 'alert' });

  constructor(title: string, save: (form: SavedForm) => void) {
    const buttons = FORMS.map(({ form, text }) => {
      const button = createElement(
        'button',
        { type: 'button', title: `Save as ${text}…` },
        createElement('span', { class: 'unseen' }, 'Save as '),
        text,
      );
      button.addEventListener('click', () => this.attempt(() => save(form)));
      return button;
    });
    const label = createElement('span', { 'aria-hidden': 'true' }, 'Save');
    const group = { class: 'choices saves', role: 'group', 'aria-label': `${title}: save` };
    this.element = createElement('div', group, label, ...buttons);
    this.problem.hidden = true;
  }

  private attempt(save: () => void): void {
    this.problem.hidden = true;
    try {
      save();
    } catch (error) {
      if (!(error instanceof SaveError)) throw error;
      this.problem.textContent = error.message;
      this.problem.hidden = false;
    }
  }
}
