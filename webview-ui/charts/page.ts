/** The panel's page: head, charts, and the states in which there is nothing to draw. */
import type { ToCharts } from '../../src/protocol/charts';
import { createElement } from '../dom';
import { createIdea } from '../glyphs';
import { readTheme } from '../theme';
import { CHARTS } from './catalogue';
import { ChartsHead } from './head';
import type { RevealTarget } from './plot/plot';
import { ChartSection, type SectionView } from './section';
import { type Snapshot, selectResults } from './selection';
import { toggleEntry, type ViewState } from './viewState';

export interface PageActions {
  reveal(target: RevealTarget): void;
  save(view: ViewState): void;
}

export class ChartsPage {
  private readonly head: ChartsHead;
  private readonly grid = createElement('div', { class: 'grid' });
  private readonly empty = createElement('div', { class: 'empty', role: 'status' });
  private readonly sections: readonly ChartSection[];
  private message: ToCharts | undefined;
  private scrolled = false;

  constructor(
    host: HTMLElement,
    private view: ViewState,
    private readonly actions: PageActions,
  ) {
    this.head = new ChartsHead((run, present) => {
      this.change({ ...this.view, hidden: toggleEntry(this.view.hidden, run, !present) });
    });
    const theme = readTheme();
    this.sections = CHARTS.map(
      (definition) =>
        new ChartSection(definition, theme, {
          reveal: actions.reveal,
          change: (view) => this.changeSection(definition.id, view),
        }),
    );
    this.grid.append(...this.sections.map((section) => section.element));
    host.replaceChildren(this.head.element, this.empty, this.grid);
  }

  show(message: ToCharts): void {
    this.message = message;
    this.draw();
    if (this.scrolled || message.type === 'empty') return;
    this.scrolled = true;
    requestAnimationFrame(() => window.scrollTo({ top: this.view.scrollY }));
  }

  /** Draws again what is there: after a change of theme. */
  draw(): void {
    const { message } = this;
    if (!message) return;
    const nothing = message.type === 'empty' ? message.reason : explainNothing(message, this.view);
    this.head.element.hidden = message.type === 'empty';
    this.empty.hidden = nothing === undefined;
    this.grid.hidden = nothing !== undefined;
    if (message.type === 'show') this.head.show(message, new Set(this.view.hidden));
    if (nothing !== undefined) this.empty.replaceChildren(...describeEmpty(message, nothing));
    else if (message.type === 'show') this.drawSections(message);
  }

  rememberScroll(scrollY: number): void {
    this.view = { ...this.view, scrollY };
    this.actions.save(this.view);
  }

  private drawSections(snapshot: Snapshot): void {
    const theme = readTheme();
    const selection = selectResults(snapshot, new Set(this.view.hidden));
    for (const section of this.sections) {
      const { id } = section.definition;
      const view = { asTable: this.view.tables.includes(id), all: this.view.all.includes(id) };
      section.show(selection, view, theme);
    }
  }

  private changeSection(id: string, view: SectionView): void {
    this.change({
      ...this.view,
      tables: toggleEntry(this.view.tables, id, view.asTable),
      all: toggleEntry(this.view.all, id, view.all),
    });
  }

  private change(view: ViewState): void {
    this.view = view;
    this.actions.save(view);
    this.draw();
  }
}

/** Why a message with results has nothing to draw; undefined where it has. */
function explainNothing(snapshot: Snapshot, view: ViewState): string | undefined {
  const hidden = new Set(view.hidden);
  if (snapshot.models.length > 0 && snapshot.models.every((model) => hidden.has(model.name))) {
    return 'No run is ticked. Tick one above to see its charts.';
  }
  if (snapshot.models.length > 0 && snapshot.items.length > 0) return undefined;
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
