/** The frame of one chart: heading, the choice of chart or table, controls, legend, notes and "show all". */
import { createElement } from '../dom';
import { createGlyph } from '../glyphs';
import { readTheme, type Theme } from '../theme';
import type { Control } from './choices';
import { ControlBar } from './controls';
import type { ChartDefinition, ChartView } from './definition';
import type { DrawnChart, SavedForm } from './picture/savedChart';
import { HeatChart } from './plot/heatChart';
import type { Heatmap } from './plot/heatmap';
import type { Plot } from './plot/plot';
import { RowChart } from './plot/rowChart';
import type { Target } from './plot/target';
import { SaveBar } from './saveBar';
import type { Selection } from './selection';
import { showTable } from './table';

export interface SectionView extends ChartView {
  readonly asTable: boolean;
  readonly all: boolean;
}

export interface SectionActions {
  follow(target: Target): void;
  change(view: SectionView): void;
  /** Absent: charts cannot be saved here. @throws {SaveError} */
  save?(form: SavedForm, chart: Omit<DrawnChart, 'runs'>): void;
}

/** What was chosen above the chart, to stand in its picture: a list that leads elsewhere has nothing chosen. */
function nameChosen({ label, form, options, chosen }: Control): readonly string[] {
  const option = options.find(({ value, target }) => value === chosen && !target);
  if (!option || option.value === '') return [];
  return [form === 'list' ? `${label}: ${option.label}` : option.label];
}

/** Of a saved picture whose chart is not on screen, in CSS pixels. */
const PICTURE_WIDTH = 760;

export class ChartSection<S = Selection> {
  readonly element: HTMLElement;
  private readonly title: HTMLElement;
  private readonly lead: HTMLElement;
  private readonly controls: ControlBar;
  private readonly frame = createElement('div');
  private readonly table = createElement('div', { class: 'table', tabindex: 0, role: 'group' });
  private readonly legend = createElement('ul', { class: 'legend', 'aria-label': 'Legend' });
  private readonly notes = createElement('div', { class: 'notes' });
  private readonly more = createElement('button', { type: 'button', class: 'link' });
  private readonly choices: readonly [HTMLButtonElement, HTMLButtonElement];
  private rows: RowChart | undefined;
  private heat: HeatChart | undefined;
  private selection: S | undefined;
  private view: SectionView = { asTable: false, all: false, chosen: new Map() };

  constructor(
    readonly definition: ChartDefinition<S>,
    private readonly actions: SectionActions,
  ) {
    const { id, title, wide } = definition;
    this.choices = [this.createChoice('Chart', false), this.createChoice('Table', true)];
    this.title = createElement('h2', { id: `${id}-title` }, title);
    this.lead = createElement('p', { class: 'lead' });
    this.table.setAttribute('aria-labelledby', `${id}-title`);
    this.more.addEventListener('click', () => this.actions.change({ ...this.view, all: !this.view.all }));
    this.controls = new ControlBar({
      choose: (control, value) =>
        this.actions.change({ ...this.view, chosen: new Map([...this.view.chosen, [control, value]]) }),
      follow: (target) => this.actions.follow(target),
    });
    const { save } = actions;
    const saveBar = save && new SaveBar(title, (form) => this.save(form, save));
    this.element = createElement(
      'section',
      { 'aria-labelledby': `${id}-title`, id, class: wide ? 'wide' : undefined },
      createElement(
        'header',
        {},
        this.title,
        createElement('div', { class: 'choices', role: 'group', 'aria-label': `${title}: form` }, ...this.choices),
        ...(saveBar ? [saveBar.element] : []),
      ),
      ...(saveBar ? [saveBar.problem] : []),
      this.lead,
      this.controls.element,
      this.legend,
      this.frame,
      this.table,
      this.notes,
      this.more,
    );
  }

  show(selection: S, view: SectionView, theme: Theme): void {
    this.view = view;
    this.selection = selection;
    const applies = this.definition.appliesTo?.(selection) ?? true;
    this.element.hidden = !applies;
    if (!applies) return;
    const content = this.definition.build(selection, view);
    this.title.textContent = content.title ?? this.definition.title;
    const { lead, hint } = { ...this.definition, ...content };
    this.lead.textContent = [lead, hint].filter(Boolean).join(' ');
    this.controls.show(content.controls ?? []);
    const [chart, table] = this.choices;
    chart.setAttribute('aria-pressed', String(!view.asTable));
    table.setAttribute('aria-pressed', String(view.asTable));
    this.frame.hidden = view.asTable;
    this.table.hidden = !view.asTable;
    this.legend.hidden = view.asTable || content.legend.length === 0;
    this.legend.replaceChildren(
      ...content.legend.map(({ glyph, text }) => createElement('li', {}, createGlyph(glyph), text)),
    );
    if (view.asTable) showTable(this.table, content.table, this.actions.follow);
    else this.draw(content.plot, theme);
    this.notes.replaceChildren(...content.notes.map((note) => createElement('p', {}, note)));
    this.more.hidden = content.more === undefined;
    this.more.textContent = (view.all ? content.more?.showFew : content.more?.showAll) ?? '';
  }

  /** Puts the keyboard back where the reader left for the items of a row or a cell. */
  focus(): void {
    this.element.querySelector<HTMLElement>(this.view.asTable ? '.table' : 'canvas')?.focus({ preventScroll: true });
  }

  private save(form: SavedForm, save: NonNullable<SectionActions['save']>): void {
    if (this.selection === undefined) return;
    const { definition, view } = this;
    // A picture shows what is on screen; figures are for somebody who wants all of them.
    const content = definition.build(this.selection, form === 'csv' ? { ...view, all: 'every' } : view);
    save.call(this.actions, form, {
      title: content.title ?? definition.title,
      lead: content.lead ?? definition.lead,
      chosen: (content.controls ?? []).flatMap(nameChosen),
      plot: content.plot,
      table: content.table,
      theme: readTheme(),
      width: this.element.clientWidth || PICTURE_WIDTH,
    });
  }

  private draw(plot: Plot | Heatmap, theme: Theme): void {
    const { title } = this.definition;
    if (plot.kind === 'heatmap') {
      if (!this.heat) {
        const label = `${title}. Arrow keys move among the cells, Enter shows a cell’s items. The table has the same figures.`;
        this.heat = new HeatChart(label, theme, this.actions.follow);
        this.frame.append(this.heat.element);
      }
      this.heat.show(plot, theme);
      return;
    }
    if (!this.rows) {
      const label = `${title}. Arrow keys move among the rows, Enter goes where a row leads. The table has the same figures.`;
      this.rows = new RowChart(label, theme, this.actions.follow);
      this.frame.append(this.rows.element);
    }
    this.rows.show(plot, theme);
  }

  private createChoice(text: string, asTable: boolean): HTMLButtonElement {
    const button = createElement('button', { type: 'button' }, text);
    button.addEventListener('click', () => this.actions.change({ ...this.view, asTable }));
    return button;
  }
}
