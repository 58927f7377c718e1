/** What a row says: a hover beside the row for the eye, a live region for the screen reader. */
import { createElement } from '../../dom';
import { createMarker } from '../../glyphs';
import type { PlotRow } from './plot';

export class RowDetails {
  private readonly hover = createElement('div', { class: 'details', 'aria-hidden': 'true', hidden: true });
  private readonly live = createElement('div', { class: 'unseen', 'aria-live': 'polite' });
  readonly elements: readonly HTMLElement[] = [this.hover, this.live];

  /** `top` and `bottom` of the row, in CSS pixels from the top of the plot. */
  show(row: PlotRow, { top, bottom }: { readonly top: number; readonly bottom: number }): void {
    const lines = row.details.map(({ text, series }) =>
      createElement('div', { class: 'line' }, ...(series === undefined ? [] : [createMarker(series)]), text),
    );
    const hint = row.target ? [createElement('div', { class: 'hint' }, 'Click or Enter: go to the line')] : [];
    this.hover.replaceChildren(createElement('div', { class: 'name' }, row.label), ...lines, ...hint);
    this.hover.hidden = false;
    const plotTop = this.hover.parentElement?.getBoundingClientRect().top ?? 0;
    const height = this.hover.offsetHeight;
    const fitsBelow = plotTop + bottom + height + 4 <= window.innerHeight;
    this.hover.style.top = `${fitsBelow || plotTop + top - height - 4 < 0 ? bottom + 4 : top - height - 4}px`;
  }

  hide(): void {
    this.hover.hidden = true;
  }

  say(row: PlotRow): void {
    const hint = row.target ? '. Enter goes to the line.' : '';
    this.live.textContent = `${row.label}: ${row.details.map(({ text }) => text).join('. ')}${hint}`;
  }
}
