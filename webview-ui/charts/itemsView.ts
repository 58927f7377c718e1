/** The items behind a bar, a cell or a ranked value, in place of the charts, with the way back. */
import { formatCount } from '../../src/display/numbers';
import type { ItemsQuestion, ModelRow, ToCharts } from '../../src/protocol/charts';
import { createElement } from '../dom';
import { describeQuestion, formatName } from '../format';
import type { Theme } from '../theme';
import type { ChartDefinition } from './definition';
import { ChartSection, type SectionActions, type SectionView } from './section';
import { groupItems, type Selection } from './selection';
import { explainHomeless, statedActed } from './statedActed';

export type ItemsReply = Extract<ToCharts, { type: 'items' }>;

export const ITEMS_CHART = 'items';

export interface ItemsViewActions extends SectionActions {
  back(): void;
}

export class ItemsView {
  private readonly back = createElement('button', { type: 'button', class: 'link back' }, '← All charts');
  private readonly status = createElement('p', { class: 'status', role: 'status' });
  private readonly section: ChartSection;
  readonly element: HTMLElement;
  private reply: ItemsReply | undefined;
  private question: ItemsQuestion = { by: 'overall', group: '' };

  constructor(actions: ItemsViewActions) {
    const definition: ChartDefinition = {
      ...statedActed,
      id: ITEMS_CHART,
      title: 'Items',
      build: (selection, view) => {
        const { notes, ...content } = statedActed.build(nameRows(selection, this.question), view);
        // Said before the rows, where somebody looks for their links.
        const [homeless] = explainHomeless(selection);
        return {
          ...content,
          title: describeQuestion(this.question),
          lead: homeless ?? 'Largest distance first.',
          ...(homeless !== undefined && { hint: '' }),
          notes: notes.filter((note) => note !== homeless),
        };
      },
    };
    this.section = new ChartSection(definition, actions);
    this.back.addEventListener('click', actions.back);
    this.element = createElement('div', { class: 'items' }, this.back, this.section.element, this.status);
  }

  /** Takes an answer in, where it answers what is asked. */
  receive(reply: ItemsReply): void {
    this.reply = reply;
  }

  show(question: ItemsQuestion, models: readonly ModelRow[], running: boolean, view: SectionView, theme: Theme): void {
    const { reply } = this;
    this.question = question;
    const answered = reply && isSame(reply.question, question) ? reply : undefined;
    const groups = groupItems(models, answered?.items ?? []);
    setText(this.status, describeReply(question, answered, groups.groups.length));
    this.section.element.hidden = groups.groups.length === 0;
    if (groups.groups.length > 0)
      this.section.show({ models: listAsked(question, models), ...groups, running }, view, theme);
  }

  focus(): void {
    this.back.focus({ preventScroll: true });
  }
}

/** Where all rows are about one value, the scenario tells them apart. */
function nameRows(selection: Selection, { value }: ItemsQuestion): Selection {
  if (value === undefined) return selection;
  return { ...selection, groups: selection.groups.map((group) => ({ ...group, label: formatName(group.scenario) })) };
}

/** A cell is about one run; a bar or a ranked value about all on show. */
function listAsked({ run }: ItemsQuestion, models: readonly ModelRow[]): readonly ModelRow[] {
  return run === undefined ? models : models.filter(({ name }) => name === run);
}

export function isSame(one: ItemsQuestion, other: ItemsQuestion): boolean {
  return one.by === other.by && one.group === other.group && one.value === other.value && one.run === other.run;
}

function describeReply(question: ItemsQuestion, reply: ItemsReply | undefined, rows: number): string {
  const about = describeQuestion(question);
  if (!reply) return `${about}: fetching the items…`;
  if (rows === 0) return `${about}: no item of the runs ticked above.`;
  const cut =
    reply.items.length < reply.total ? `, the ${reply.items.length.toLocaleString('en')} answers farthest apart` : '';
  return `${formatCount(rows, 'item')}${cut}.`;
}

/** A status that is set again is read out again. */
function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
