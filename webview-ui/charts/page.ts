/** The panel's page: head, charts, the items behind them, and the states in which there is nothing to draw. */
import type { ItemsQuestion, ToCharts } from '../../src/protocol/charts';
import type { SavedChart } from '../../src/protocol/savedChart';
import { createElement } from '../dom';
import { formatName } from '../format';
import { createIdea } from '../glyphs';
import { readTheme } from '../theme';
import { CHARTS } from './catalogue';
import { ChartsHead } from './head';
import { ITEMS_CHART, type ItemsReply, ItemsView, isSame } from './itemsView';
import { type DrawnChart, makeSavedChart, type SavedForm } from './picture/savedChart';
import type { LineTarget, Target } from './plot/target';
import { ChartSection, type SectionView } from './section';
import { type Selection, type Snapshot, selectResults } from './selection';
import { keepChosen, readChosen, toggleEntry, type ViewState } from './viewState';

export interface PageActions {
  reveal(target: LineTarget): void;
  ask(question: ItemsQuestion): void;
  save(view: ViewState): void;
  saveChart(chart: string, saved: SavedChart): void;
}

export class ChartsPage {
  private readonly head: ChartsHead;
  private readonly grid = createElement('div', { class: 'grid' });
  private readonly empty = createElement('div', { class: 'empty', role: 'status' });
  private readonly items: ItemsView;
  private readonly sections: readonly ChartSection[];
  private message: Exclude<ToCharts, ItemsReply> | undefined;
  private selection: Selection | undefined;
  private scrolled = false;
  /** Where the charts stood when their items were opened. */
  private left: { readonly scrollY: number; readonly section: string } | undefined;

  constructor(
    host: HTMLElement,
    private view: ViewState,
    private readonly actions: PageActions,
  ) {
    this.head = new ChartsHead((run, present) => {
      this.change({ ...this.view, hidden: toggleEntry(this.view.hidden, run, !present) });
      this.draw();
    });
    this.items = new ItemsView({
      follow: (target) => this.follow(target, ITEMS_CHART),
      change: (view) => this.changeSection(ITEMS_CHART, view),
      save: (form, chart) => this.saveChart(ITEMS_CHART, form, chart),
      back: () => this.closeItems(),
    });
    this.sections = CHARTS.map(
      (definition) =>
        new ChartSection(definition, {
          follow: (target) => this.follow(target, definition.id),
          change: (view) => this.changeSection(definition.id, view),
          save: (form, chart) => this.saveChart(definition.id, form, chart),
        }),
    );
    this.grid.append(...this.sections.map((section) => section.element));
    host.replaceChildren(this.head.element, this.empty, this.items.element, this.grid);
    host.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.defaultPrevented && this.view.question) this.closeItems();
    });
  }

  show(message: ToCharts): void {
    if (message.type === 'items') {
      this.showItems(message);
      return;
    }
    const before = this.message;
    const isOther = before?.type === 'show' && message.type === 'show' && before.title !== message.title;
    this.message = message;
    if (message.type === 'show' && this.view.question) {
      // The items of one file's charts mean nothing in another's.
      if (isOther) this.change({ ...this.view, question: undefined });
      else this.actions.ask(this.view.question);
    }
    this.draw();
    if (isOther) window.scrollTo({ top: 0 });
    if (this.scrolled || message.type === 'empty') return;
    this.scrolled = true;
    requestAnimationFrame(() => window.scrollTo({ top: this.view.scrollY }));
  }

  /** Draws again what is there: after a change of theme. */
  draw(): void {
    const { message, view } = this;
    if (!message) return;
    const nothing = message.type === 'empty' ? message.reason : explainNothing(message, view);
    this.selection = message.type === 'show' ? selectResults(message, new Set(view.hidden)) : undefined;
    const inItems = nothing === undefined && view.question !== undefined;
    this.head.element.hidden = message.type === 'empty';
    this.empty.hidden = nothing === undefined;
    this.grid.hidden = nothing !== undefined || inItems;
    this.items.element.hidden = !inItems;
    if (message.type === 'show') this.head.show(message, new Set(view.hidden));
    if (nothing !== undefined) this.empty.replaceChildren(...describeEmpty(message, nothing));
    else if (inItems) this.drawItems();
    else for (const section of this.sections) this.drawSection(section);
  }

  rememberScroll(scrollY: number): void {
    if (!this.view.question) this.change({ ...this.view, scrollY });
  }

  private drawSection(section: ChartSection): void {
    if (this.selection) section.show(this.selection, this.viewOf(section.definition.id), readTheme());
  }

  private drawItems(): void {
    const { question } = this.view;
    if (!this.selection || !question) return;
    const { models, running } = this.selection;
    this.items.show(question, models, running, this.viewOf(ITEMS_CHART), readTheme());
  }

  private viewOf(id: string): SectionView {
    const { tables, all } = this.view;
    return { asTable: tables.includes(id), all: all.includes(id), chosen: readChosen(this.view, id) };
  }

  private follow(target: Target, section: string): void {
    if (target.kind === 'line') {
      this.actions.reveal(target);
      return;
    }
    this.left = { scrollY: window.scrollY, section };
    this.change({ ...this.view, question: target.question, all: toggleEntry(this.view.all, ITEMS_CHART, false) });
    this.actions.ask(target.question);
    this.draw();
    window.scrollTo({ top: 0 });
    this.items.focus();
  }

  private showItems(reply: ItemsReply): void {
    if (!this.view.question || !isSame(reply.question, this.view.question)) return;
    this.items.receive(reply);
    this.drawItems();
  }

  private closeItems(): void {
    const { left } = this;
    this.change({ ...this.view, question: undefined });
    this.draw();
    window.scrollTo({ top: left?.scrollY ?? 0 });
    this.sections.find((section) => section.definition.id === left?.section)?.focus();
  }

  private changeSection(id: string, view: SectionView): void {
    this.change({
      ...this.view,
      tables: toggleEntry(this.view.tables, id, view.asTable),
      all: toggleEntry(this.view.all, id, view.all),
      chosen: keepChosen(this.view, id, view.chosen),
    });
    const section = this.sections.find(({ definition }) => definition.id === id);
    if (section) this.drawSection(section);
    else this.drawItems();
  }

  private saveChart(id: string, form: SavedForm, chart: Omit<DrawnChart, 'runs'>): void {
    const runs = (this.selection?.models ?? []).map(({ name, series }) => ({ name: formatName(name, 80), series }));
    this.actions.saveChart(id, makeSavedChart(form, { ...chart, runs }));
  }

  private change(view: ViewState): void {
    this.view = view;
    this.actions.save(view);
  }
}

/** Why a message with results has nothing to draw; undefined where it has. */
function explainNothing(snapshot: Snapshot, view: ViewState): string | undefined {
  const hidden = new Set(view.hidden);
  if (snapshot.models.length > 0 && snapshot.models.every((model) => hidden.has(model.name))) {
    return 'No run is ticked. Tick one above to see its charts.';
  }
  if (snapshot.models.length > 0 && snapshot.itemCount > 0) return undefined;
  return snapshot.running
    ? 'The evaluation has started. The charts fill as the answers come in.'
    : 'There is no answered item to draw. Run the scenario file, then look here again.';
}

function describeEmpty(message: ToCharts, reason: string): readonly Element[] {
  if (message.type === 'show') return [createElement('p', {}, reason)];
  const charts = CHARTS.map(({ title }) => createElement('li', {}, title));
  return [
    createIdea(),
    createElement('p', {}, reason),
    createElement('p', { class: 'lead' }, 'For each model, here will stand:'),
    createElement('ul', {}, ...charts),
  ];
}
