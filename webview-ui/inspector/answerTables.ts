/** All answers as two tables, one row a prompt, each with the response it was read from. */
import { type ItemPosition, measureItemPosition, picksOption } from '../../src/core/metrics/itemPosition';
import { describeStated, describeTask1, describeTask2, describeUnusable } from '../../src/display/variantWords';
import type { InspectedModel, RawReply } from '../../src/protocol/inspector';
import { createElement } from '../dom';
import { createResponse } from './response';

type Task = 'state' | 'act';

interface Row {
  readonly variant: number;
  readonly repeat: number;
  readonly words: readonly string[];
  readonly answer: (Node | string)[];
  readonly isUsable: boolean;
}

/** Rows of a task that are shown at first: a run may repeat each prompt a hundred times. */
const MOST_ROWS = 48;
const TITLES: Readonly<Record<Task, string>> = { state: 'Task 1, state', act: 'Task 2, act' };

/** Keeps which responses are open while the page is drawn anew. */
export class AnswerTables {
  private readonly open = new Set<string>();
  private readonly whole = new Set<Task>();

  constructor(private readonly redraw: () => void) {}

  close(): void {
    this.open.clear();
    this.whole.clear();
  }

  create(model: InspectedModel, raw: RawReply | undefined): Element {
    return createElement(
      'div',
      { class: 'tables' },
      this.createTable('state', listStated(model), raw),
      this.createTable('act', listActed(model), raw),
    );
  }

  private createTable(task: Task, rows: readonly Row[], raw: RawReply | undefined): Element {
    const heading = createElement('h2', { id: `task-${task}` }, TITLES[task]);
    const failures = (raw?.failures ?? []).filter((failure) => failure.task === task);
    const failed = failures.map(({ variant, repeat, message }) =>
      createElement('li', {}, `Variant ${variant}${repeat > 0 ? `, repeat ${repeat + 1}` : ''}: ${message}`),
    );
    const problem = raw?.problem === undefined ? [] : [createElement('p', { class: 'notice' }, raw.problem)];
    if (rows.length === 0) {
      const none = createElement('p', { class: 'quiet' }, 'No answers.');
      return createElement('section', { class: 'answers-of' }, heading, none, ...listOf(failed), ...problem);
    }
    const shown = this.whole.has(task) ? rows : rows.slice(0, MOST_ROWS);
    const hasRepeats = rows.some(({ repeat }) => repeat > 0);
    const columns = ['#', 'Wording', 'Order', 'Requirement', ...(hasRepeats ? ['Repeat'] : []), 'Answer'];
    const table = createElement(
      'table',
      { 'aria-labelledby': heading.id },
      createElement(
        'thead',
        {},
        createElement('tr', {}, ...columns.map((name) => createElement('th', { scope: 'col' }, name))),
      ),
      createElement('tbody', {}, ...shown.flatMap((row) => this.createRows(task, row, hasRepeats, raw))),
    );
    return createElement(
      'section',
      { class: 'answers-of' },
      createElement('header', {}, heading, this.createToggleAll(task, shown)),
      createElement('div', { class: 'scrolls' }, table),
      ...(shown.length < rows.length ? [this.createMore(task, rows.length)] : []),
      ...listOf(failed),
      ...problem,
    );
  }

  private createRows(task: Task, row: Row, hasRepeats: boolean, raw: RawReply | undefined): Element[] {
    const { variant, repeat, words, answer, isUsable } = row;
    const key = nameRow(task, row);
    const isOpen = this.open.has(key);
    const [number = '', ...rest] = words;
    const toggle = createElement(
      'button',
      {
        type: 'button',
        class: 'toggle',
        'aria-expanded': String(isOpen),
        'aria-label': `Response to variant ${variant}${hasRepeats ? `, repeat ${repeat + 1}` : ''}`,
        'data-key': `row ${key}`,
      },
      createElement('span', { class: 'chevron', 'aria-hidden': 'true' }, '›'),
      number,
    );
    toggle.addEventListener('click', () => {
      if (isOpen) this.open.delete(key);
      else this.open.add(key);
      this.redraw();
    });
    const cells = [
      createElement('th', { scope: 'row' }, toggle),
      ...rest.map((text) => createElement('td', {}, text)),
      ...(hasRepeats ? [createElement('td', {}, String(repeat + 1))] : []),
      createElement('td', { class: isUsable ? 'answer' : 'answer unusable' }, ...answer),
    ];
    const line = createElement('tr', { class: isOpen ? 'open' : undefined }, ...cells);
    if (!isOpen) return [line];
    const found = raw?.answers.find((one) => one.task === task && one.variant === variant && one.repeat === repeat);
    const response = createElement('td', { colspan: cells.length }, createResponse(found, raw !== undefined));
    return [line, createElement('tr', { class: 'response' }, response)];
  }

  private createToggleAll(task: Task, rows: readonly Row[]): Element {
    const keys = rows.map((row) => nameRow(task, row));
    const isAllOpen = keys.every((key) => this.open.has(key));
    const words = isAllOpen ? 'Hide responses' : 'Show responses';
    const button = createElement('button', { type: 'button', class: 'link', 'data-key': `all ${task}` }, words);
    button.addEventListener('click', () => {
      for (const key of keys) {
        if (isAllOpen) this.open.delete(key);
        else this.open.add(key);
      }
      this.redraw();
    });
    return button;
  }

  private createMore(task: Task, count: number): Element {
    const button = createElement(
      'button',
      { type: 'button', class: 'link', 'data-key': `more ${task}` },
      `Show all ${count} answers`,
    );
    button.addEventListener('click', () => {
      this.whole.add(task);
      this.redraw();
    });
    return button;
  }
}

function listStated({ stateAnswers }: InspectedModel): Row[] {
  return stateAnswers.map(({ variant, repeat, answer }) => ({
    variant,
    repeat,
    words: describeTask1(variant),
    answer: [describeStated(answer)],
    isUsable: typeof answer === 'number',
  }));
}

function listActed({ actAnswers }: InspectedModel): Row[] {
  const position = measureItemPosition(actAnswers);
  return actAnswers.map((one) => ({
    variant: one.variant,
    repeat: one.repeat,
    words: describeTask2(one.variant),
    answer: describeChoice(one, position),
    isUsable: picksOption(one) !== undefined,
  }));
}

function describeChoice(one: InspectedModel['actAnswers'][number], position: ItemPosition): (Node | string)[] {
  const { answer } = one;
  if (answer !== 'agree' && answer !== 'disagree') return [describeUnusable(answer)];
  const words: (Node | string)[] = [answer, createElement('span', { class: 'quiet' }, `Option ${picksOption(one)}`)];
  if (position.isFlipped(one)) {
    const title = 'With the two actions in the other order, the choice is the other one.';
    words.push(createElement('span', { class: 'flip', title }, '⇄ flips'));
  }
  return words;
}

function nameRow(task: Task, { variant, repeat }: Row): string {
  return `${task}/${variant}/${repeat}`;
}

function listOf(failed: readonly Element[]): Element[] {
  if (failed.length === 0) return [];
  return [
    createElement('p', { class: 'quiet' }, 'Without an answer:'),
    createElement('ul', { class: 'quiet' }, ...failed),
  ];
}
