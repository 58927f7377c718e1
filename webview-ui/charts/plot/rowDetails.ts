/** What a row or a cell says: a hover beside it for the eye, a live region for the screen reader. */
import { createElement } from '../../dom';
import { createMarker } from '../../glyphs';
import { type Described, describeLead } from './target';

/** Nearest to the plot's sides, in CSS pixels. */
const EDGE = 12;

export class RowDetails {
  private readonly hover = createElement('div', { class: 'details', 'aria-hidden': 'true', hidden: true });
  private readonly live = createElement('div', { class: 'unseen', 'aria-live': 'polite' });
  readonly elements: readonly HTMLElement[] = [this.hover, this.live];

  /** `top`, `bottom` and `left` of what is described, in CSS pixels from the plot's top left corner. */
  show(
    row: Described,
    { top, bottom, left = 0 }: { readonly top: number; readonly bottom: number; readonly left?: number },
  ): void {
    const lines = row.details.map(({ text, series }) =>
      createElement('div', { class: 'line' }, ...(series === undefined ? [] : [createMarker(series)]), text),
    );
    const hint = row.target
      ? [createElement('div', { class: 'hint' }, `Click or Enter: ${describeLead(row.target)}`)]
      : [];
    this.hover.replaceChildren(createElement('div', { class: 'name' }, row.label), ...lines, ...hint);
    this.hover.hidden = false;
    const room = (this.hover.parentElement?.offsetWidth ?? 0) - this.hover.offsetWidth - EDGE;
    this.hover.style.left = `${Math.max(EDGE, Math.min(left, room))}px`;
    const plotTop = this.hover.parentElement?.getBoundingClientRect().top ?? 0;
    const height = this.hover.offsetHeight;
    const fitsBelow = plotTop + bottom + height + 4 <= window.innerHeight;
    this.hover.style.top = `${fitsBelow || plotTop + top - height - 4 < 0 ? bottom + 4 : top - height - 4}px`;
  }

  hide(): void {
    this.hover.hidden = true;
  }

  say(row: Described): void {
    const hint = row.target ? `. Enter: ${describeLead(row.target)}.` : '';
    this.live.textContent = `${row.label}: ${row.details.map(({ text }) => text).join('. ')}${hint}`;
  }
}
