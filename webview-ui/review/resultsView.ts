/** What reviewers found together: the charts of agreement or of risks, and a table of the same figures. */
import { formatCount } from '../../src/display/numbers';
import type { ToReview } from '../../src/protocol/review';
import type { ChartDefinition } from '../charts/definition';
import { ChartSection, type SectionView } from '../charts/section';
import { createElement } from '../dom';
import { formatName } from '../format';
import { readTheme } from '../theme';
import { AGREEMENT_CHARTS } from './agreementCharts';
import { RISK_CHARTS } from './riskCharts';
import type { ReviewViewState } from './viewState';

export type ResultsMessage = Extract<ToReview, { type: 'agreement' | 'risks' }>;
type Kind = ResultsMessage['type'];

export interface ResultsActions {
  readView(): ReviewViewState;
  change(view: Pick<ReviewViewState, 'tables' | 'all' | 'chosen'>): void;
  exportCsv(of: Kind): void;
}

export class ResultsView {
  readonly element = createElement('div', { class: 'results' });
  /** What is asked for when the page is turned to. */
  of: Kind = 'agreement';
  private message: ResultsMessage | undefined;
  private sections: readonly ChartSection<never>[] = [];
  /** The reader wants to see what others say, although there is still something to rate. */
  private insists = false;

  constructor(private readonly actions: ResultsActions) {}

  begin(of: Kind): void {
    if (of === this.of && this.sections.length > 0) return;
    this.of = of;
    this.message = undefined;
    this.insists = false;
    this.sections = [];
    this.element.replaceChildren(createElement('p', { class: 'lead', role: 'status' }, 'Reading what was judged…'));
  }

  show(message: ResultsMessage): void {
    if (message.type !== this.of) return;
    this.message = message;
    const why = explainNothing(message);
    if (why !== undefined) this.showNothing(why);
    else if (message.type === 'agreement' && message.page.unfinished && !this.insists) this.showWarning(message);
    else this.draw(message);
  }

  redraw(): void {
    if (this.message && this.sections.length > 0) this.draw(this.message);
  }

  private showNothing(why: string): void {
    this.sections = [];
    this.element.replaceChildren(createElement('p', { role: 'status' }, why));
  }

  private showWarning(message: ResultsMessage): void {
    this.sections = [];
    const show = createElement('button', { type: 'button', class: 'primary' }, 'Show Them All the Same');
    show.addEventListener('click', () => {
      this.insists = true;
      this.show(message);
    });
    const text =
      'Your own ratings are not complete. What other reviewers found may sway you, so it is best left until then.';
    this.element.replaceChildren(createElement('p', { role: 'status' }, text), show);
  }

  private draw(message: ResultsMessage): void {
    if (this.sections.length === 0) this.lay(message);
    const theme = readTheme();
    const view = this.actions.readView();
    for (const section of this.sections) {
      const id = section.definition.id;
      section.show(readResults(message) as never, viewOf(view, id), theme);
    }
    this.element.querySelector('.summary')?.replaceChildren(...summarize(message));
  }

  private lay(message: ResultsMessage): void {
    const charts = (message.type === 'agreement' ? AGREEMENT_CHARTS : RISK_CHARTS) as readonly ChartDefinition<never>[];
    this.sections = charts.map(
      (definition) =>
        new ChartSection(definition, {
          follow: () => undefined,
          change: (view) => this.changeSection(definition.id, view),
        }),
    );
    const save = createElement('button', { type: 'button', class: 'primary' }, 'Save as CSV…');
    save.addEventListener('click', () => this.actions.exportCsv(this.of));
    this.element.replaceChildren(
      createElement('div', { class: 'summary' }),
      save,
      createElement('div', { class: 'grid' }, ...this.sections.map(({ element }) => element)),
    );
  }

  private changeSection(id: string, { asTable, all, chosen }: SectionView): void {
    const view = this.actions.readView();
    const toggle = (ids: readonly string[], present: boolean) => [
      ...ids.filter((other) => other !== id),
      ...(present ? [id] : []),
    ];
    this.actions.change({
      tables: toggle(view.tables, asTable),
      all: toggle(view.all, all),
      chosen: [
        ...view.chosen.filter(([chart]) => chart !== id),
        ...[...chosen].map(([control, value]): [string, string, string] => [id, control, value]),
      ],
    });
    if (this.message) this.draw(this.message);
  }
}

function readResults(message: ResultsMessage) {
  return message.type === 'agreement' ? message.page : message.counts;
}

function viewOf(view: ReviewViewState, id: string): SectionView {
  return {
    asTable: view.tables.includes(id),
    all: view.all.includes(id),
    chosen: new Map(view.chosen.flatMap(([chart, control, value]) => (chart === id ? [[control, value]] : []))),
  };
}

function explainNothing(message: ResultsMessage): string | undefined {
  if (message.type === 'agreement') {
    return message.page.ratings > 0
      ? undefined
      : 'Nobody has rated an action here yet. Use “Review Actions…” on a scenario file to begin.';
  }
  return message.counts.models.length > 0
    ? undefined
    : 'Nobody has coded a gap here yet. Use “Code Risks of Gaps…” on a run to begin.';
}

function summarize(message: ResultsMessage): readonly Node[] {
  const sentence = (text: string, kind?: string) => createElement('p', { class: kind }, formatName(text, 600));
  if (message.type === 'agreement') {
    const { title, reviewers, ratings, winner, notes } = message.page;
    const counts = `${formatCount(ratings, 'rating')} by ${formatCount(reviewers, 'reviewer')} in ${title}`;
    return [sentence(counts), ...winner.map((text) => sentence(text)), ...notes.map((text) => sentence(text, 'lead'))];
  }
  const { title, reviewers, coded, notes } = message.counts;
  const counts = `${formatCount(coded, 'gap')} coded by ${formatCount(reviewers, 'reviewer')} in ${title}`;
  return [sentence(counts), ...notes.map((text) => sentence(text, 'lead'))];
}
