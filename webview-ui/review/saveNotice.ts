/** Says that judgements could not be written, and offers to try again. Nothing is shown while all is well. */
import { formatCount } from '../../src/display/numbers';
import type { SaveState } from '../../src/protocol/review';
import { createElement } from '../dom';
import { formatName } from '../format';

export class SaveNotice {
  private readonly text = createElement('p');
  readonly element: HTMLElement;

  constructor(saveAgain: () => void) {
    const button = createElement('button', { type: 'button', class: 'primary' }, 'Save Again');
    button.addEventListener('click', saveAgain);
    this.element = createElement('div', { class: 'unsaved', role: 'alert', hidden: true }, this.text, button);
  }

  show({ unsaved, reason }: SaveState): void {
    this.element.hidden = unsaved === 0;
    if (unsaved === 0) {
      this.text.textContent = '';
      return;
    }
    const what = `${formatCount(unsaved, 'judgement is', 'judgements are')} not on the disk yet`;
    const why = reason ? `: ${formatName(reason, 400)}` : '';
    const text = `${what}${why}. Go on; they are written as soon as the file can be, or put the cause right and save again.`;
    if (this.text.textContent !== text) this.text.textContent = text;
  }
}
