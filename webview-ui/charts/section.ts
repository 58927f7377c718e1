/** The frame of one chart: heading, the choice of chart or table, legend, notes and "show all". */
import { createElement } from '../dom';
import { createGlyph } from '../glyphs';
import type { Theme } from '../theme';
import type { ChartDefinition } from './definition';
import type { RevealTarget } from './plot/plot';
import { RowChart } from './plot/rowChart';
import type { Selection } from './selection';
import { showTable } from './table';

export interface SectionView {
  readonly asTable: boolean;
  readonly all: boolean;
}

export interface SectionActions {
  reveal(target: RevealTarget): void;
  change(view: SectionView): void;
}

export class ChartSection {
  readonly element: HTMLElement;
  private readonly chart: RowChart;
  private readonly table = createElement('div', { class: 'table', tabindex: 0, role: 'region' });
  private readonly legend = createElement('ul', { class: 'legend', 'aria-label': 'Legend' });
  private readonly notes = createElement('div', { class: 'notes' });
  private readonly more = createElement('button', { type: 'button', class: 'link' });
  private readonly choices: readonly [HTMLButtonElement, HTMLButtonElement];
  private view: SectionView = { asTable: false, all: false };

  constructor(
    readonly definition: ChartDefinition,
    theme: Theme,
    private readonly actions: SectionActions,
  ) {
    const { id, title, lead } = definition;
    this.choices = [this.createChoice('Chart', false), this.createChoice('Table', true)];
    const label = `${title}. Arrow keys move among the rows, Enter goes to a row’s line. The table has the same figures.`;
    this.chart = new RowChart(label, theme, actions.reveal);
    this.table.setAttribute('aria-labelledby', `${id}-title`);
    this.more.addEventListener('click', () => this.actions.change({ ...this.view, all: !this.view.all }));
    this.element = createElement(
      'section',
      { 'aria-labelledby': `${id}-title`, id },
      createElement(
        'header',
        {},
        createElement('h2', { id: `${id}-title` }, title),
        createElement('div', { class: 'choices', role: 'group', 'aria-label': `${title}: form` }, ...this.choices),
      ),
      createElement('p', { class: 'lead' }, lead),
      this.legend,
      this.chart.element,
      this.table,
      this.notes,
      this.more,
    );
  }

  show(selection: Selection, view: SectionView, theme: Theme): void {
    this.view = view;
    const content = this.definition.build(selection, view.all);
    const [chart, table] = this.choices;
    chart.setAttribute('aria-pressed', String(!view.asTable));
    table.setAttribute('aria-pressed', String(view.asTable));
    this.chart.element.hidden = view.asTable;
    this.table.hidden = !view.asTable;
    this.legend.hidden = view.asTable || content.legend.length === 0;
    this.legend.replaceChildren(
      ...content.legend.map(({ glyph, text }) => createElement('li', {}, createGlyph(glyph), text)),
    );
    if (view.asTable) showTable(this.table, content.table, this.actions.reveal);
    else this.chart.show(content.plot, theme);
    this.notes.replaceChildren(...content.notes.map((note) => createElement('p', {}, note)));
    this.more.hidden = content.more === undefined;
    this.more.textContent = (view.all ? content.more?.showFew : content.more?.showAll) ?? '';
  }

  private createChoice(text: string, asTable: boolean): HTMLButtonElement {
    const button = createElement('button', { type: 'button' }, text);
    button.addEventListener('click', () => this.actions.change({ ...this.view, asTable }));
    return button;
  }
}
