/** The names of a heatmap's columns: they stay in sight while its rows scroll by. */
import { createElement } from '../../dom';
import { type HeatLayout, type Heatmap, UPRIGHT_COLUMN } from './heatmap';

export class HeatHead {
  /** The canvas is labelled and has a table twin; read aloud, these names would stand alone. */
  readonly element = createElement('div', { class: 'columns', 'aria-hidden': 'true' });
  private names: readonly HTMLElement[] = [];

  show(columns: Heatmap['columns'], { left, columnWidth, width }: HeatLayout): void {
    const across = columnWidth >= UPRIGHT_COLUMN;
    this.names = columns.map(({ label }) => createElement('span', { title: label }, label));
    this.element.classList.toggle('upwards', !across);
    this.element.style.paddingLeft = `${left}px`;
    this.element.style.width = `${width}px`;
    for (const name of this.names) name.style.width = `${columnWidth - 1}px`;
    this.element.replaceChildren(...this.names);
  }

  /** Brings out the column under the pointer. */
  mark(column: number | undefined): void {
    this.names.forEach((name, at) => {
      name.classList.toggle('marked', at === column);
    });
  }
}
