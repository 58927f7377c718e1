/** One item on one page: what each model states and how it acts, and every answer behind that. */
import { explainItemResult, summarizeItemResult } from '../../src/display/itemNotes';
import { shortenModelId } from '../../src/display/sentences';
import type { FromInspector, InspectedItem, InspectedModel, RawReply, ToInspector } from '../../src/protocol/inspector';
import { createElement } from '../dom';
import { formatName } from '../format';
import { createIdea } from '../glyphs';
import { createActions } from './actions';
import { AnswerTables } from './answerTables';
import { createHead, sayPlace } from './head';
import { createScales } from './scales';

type Send = (message: FromInspector) => void;

export class InspectorPage {
  private readonly content = createElement('main', {});
  private readonly said = createElement('p', { class: 'unseen', role: 'status' });
  private readonly tables: AnswerTables;
  private item: InspectedItem | undefined;
  private raw: RawReply | undefined;
  private asked = '';

  constructor(
    body: HTMLElement,
    private readonly send: Send,
  ) {
    this.tables = new AnswerTables(() => this.draw());
    body.append(this.content, this.said);
  }

  receive(message: ToInspector): void {
    if (message.type === 'raw') {
      this.raw = message;
      this.draw();
    } else if (message.type === 'empty') {
      this.item = undefined;
      this.asked = '';
      this.showEmpty(message.reason, message.loading);
    } else this.show(message);
  }

  private show(item: InspectedItem): void {
    const isOther = this.item?.key !== item.key;
    this.item = item;
    const model = item.models[item.selected];
    const wanted = model ? JSON.stringify([item.key, model.model, model.version]) : '';
    if (wanted !== this.asked) {
      const isSameModel = this.raw?.key === item.key && this.raw.model === model?.model;
      // What was read before stays while the newer responses are being read.
      if (!isSameModel) {
        this.raw = undefined;
        this.tables.close();
      }
      this.asked = wanted;
      if (model) this.send({ type: 'readRaw', key: item.key, model: model.model });
    }
    this.draw();
    if (!isOther) return;
    window.scrollTo(0, 0);
    const result = model ? summarizeItemResult(shortenModelId(model.model), model) : 'Not evaluated yet.';
    this.said.textContent = `${formatName(item.value)}. ${result} ${sayPlace(item.place)}`;
  }

  private draw(): void {
    const { item } = this;
    if (!item) return;
    const focused = readFocus();
    this.content.removeAttribute('aria-busy');
    const model = item.models[item.selected];
    this.content.replaceChildren(
      createHead(item, this.send),
      ...(item.models.length > 0 ? [createScales(item, (id) => this.send({ type: 'select', model: id }))] : []),
      ...(model ? this.createDetails(item, model) : [createUnasked(item)]),
    );
    restoreFocus(focused);
  }

  private createDetails(item: InspectedItem, model: InspectedModel): Element[] {
    const { raw } = this;
    const isOwn = raw?.key === item.key && raw.model === model.model;
    return [
      createFindings(item, model, this.send),
      createActions(model),
      this.tables.create(model, isOwn ? raw : undefined),
    ];
  }

  private showEmpty(reason: string, loading: boolean): void {
    this.content.replaceChildren(
      createElement(
        'section',
        { class: 'empty' },
        ...(loading ? [] : [createIdea()]),
        createElement('p', { role: 'status' }, reason),
      ),
    );
    this.content.toggleAttribute('aria-busy', loading);
  }
}

function createUnasked({ running, canRun }: InspectedItem): Element {
  const reason =
    running.length > 0
      ? 'The first answers are on their way.'
      : canRun
        ? 'Not evaluated yet. Tick a model in the Models view, then run this item.'
        : 'Not evaluated yet.';
  return createElement('section', {}, createElement('p', { class: 'lead' }, reason));
}

/** What was found, in sentences: the one that matters, then what a reader must know before trusting it. */
function createFindings({ canRun }: InspectedItem, model: InspectedModel, send: Send): Element {
  const name = formatName(shortenModelId(model.model), 80);
  const notes = explainItemResult(model).map((note) => createElement('li', {}, note));
  const openRun = createElement('button', { type: 'button', class: 'link', 'data-key': 'open-run' }, 'Open run file');
  openRun.addEventListener('click', () => send({ type: 'openRun', model: model.model }));
  return createElement(
    'section',
    { class: 'findings' },
    createElement(
      'header',
      {},
      createElement('h2', {}, name),
      createElement('span', { class: 'quiet' }, `asked ${model.asked}`),
      openRun,
    ),
    ...(model.stale ? [createStaleNotice(canRun, send)] : []),
    createElement('p', { class: 'result' }, summarizeItemResult(name, model)),
    ...(notes.length > 0 ? [createElement('ul', { class: 'findings-notes' }, ...notes)] : []),
  );
}

function createStaleNotice(canRun: boolean, send: Send): Element {
  const notice = createElement(
    'p',
    { class: 'notice' },
    'Stale: the text has changed since this model was asked. All of this is about the earlier text. ',
  );
  if (canRun) {
    const run = createElement(
      'button',
      { type: 'button', class: 'link', 'data-key': 'run-stale' },
      'Run the item again',
    );
    run.addEventListener('click', () => send({ type: 'run' }));
    notice.append(run);
  }
  return notice;
}

/** The page is drawn anew with each answer: whoever is at a button stays there. */
function readFocus(): string | undefined {
  const { activeElement } = document;
  return activeElement instanceof HTMLElement ? activeElement.dataset.key : undefined;
}

function restoreFocus(key: string | undefined): void {
  if (key === undefined) return;
  for (const element of document.querySelectorAll<HTMLElement>('[data-key]')) {
    if (element.dataset.key !== key) continue;
    element.focus({ preventScroll: true });
    return;
  }
}
