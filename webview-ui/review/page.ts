/** The panel's page: head, the deck to be judged, the results, and what to do where something cannot be saved. */
import type { FromReview, ToReview } from '../../src/protocol/review';
import { createElement } from '../dom';
import { formatName } from '../format';
import { Deck } from './deck';
import type { Place } from './place';
import { RatingFace } from './ratingFace';
import { ResultsView } from './resultsView';
import { RiskFace } from './riskFace';
import { SaveNotice } from './saveNotice';
import type { ReviewViewState } from './viewState';

export interface PageActions {
  send(message: FromReview): void;
  save(view: ReviewViewState): void;
}

type DeckMessage = Extract<ToReview, { type: 'actions' | 'gaps' }>;

export class ReviewPage {
  private readonly title = createElement('h1');
  private readonly status = createElement('p', { class: 'status' });
  private readonly pages = createElement('div', { class: 'choices', role: 'group', 'aria-label': 'Page' });
  private readonly toDeck = createElement('button', { type: 'button' });
  private readonly toResults = createElement('button', { type: 'button' });
  private readonly notes = createElement('div', { class: 'notes' });
  private readonly head: HTMLElement;
  private readonly notice: SaveNotice;
  private readonly place = createElement('div');
  private readonly results: ResultsView;
  private readonly empty = createElement('div', { class: 'empty', role: 'status' });
  private deck: Deck | undefined;
  private risks: RiskFace | undefined;

  constructor(
    host: HTMLElement,
    private view: ReviewViewState,
    private readonly actions: PageActions,
  ) {
    this.notice = new SaveNotice(() => actions.send({ type: 'saveAgain' }));
    this.results = new ResultsView({
      readView: () => this.view,
      change: (view) => this.change({ ...this.view, ...view }),
      exportCsv: (of) => actions.send({ type: 'exportCsv', of }),
    });
    this.toDeck.addEventListener('click', () => this.turnTo(false));
    this.toResults.addEventListener('click', () => this.turnTo(true));
    this.pages.append(this.toDeck, this.toResults);
    this.head = createElement(
      'header',
      { class: 'head' },
      createElement('div', { class: 'title' }, this.title, this.pages),
      this.status,
      this.notes,
    );
    const main = createElement('main', {}, this.empty, this.place, this.results.element);
    host.replaceChildren(this.head, this.notice.element, main);
    this.showOnly(undefined);
  }

  show(message: ToReview): void {
    switch (message.type) {
      case 'actions':
      case 'gaps':
        this.openDeck(message);
        break;
      case 'results':
        this.deck = undefined;
        // A deck that is opened after this is begun anew, not at its results.
        this.change({ ...this.view, deck: '', place: undefined });
        this.results.begin(message.of);
        this.title.textContent = formatName(message.title);
        this.status.textContent = '';
        this.notes.replaceChildren();
        this.pages.hidden = true;
        this.turnTo(true);
        break;
      case 'save':
        this.notice.show(message.save);
        break;
      case 'agreement':
      case 'risks':
        this.results.show(message);
        break;
      case 'empty':
        this.empty.replaceChildren(createElement('p', {}, message.reason));
        this.showOnly(this.empty);
        break;
    }
  }

  /** After a change of theme. */
  redraw(): void {
    this.results.redraw();
  }

  /** Whether the key meant something here. Keys of lists, fields and dialogs stay theirs. */
  handleKey(key: string, target: EventTarget | null): boolean {
    if (!this.deck || this.view.results || this.empty.hidden === false) return false;
    if (target instanceof Element && target.closest('select, input, textarea, dialog, canvas')) return false;
    return this.risks?.moveInList(key) || this.deck.handleKey(key);
  }

  private openDeck(message: DeckMessage): void {
    const isSame = this.view.deck === message.key;
    if (!isSame) this.change({ ...this.view, deck: message.key, place: undefined, results: false });
    this.title.textContent = formatName(message.title);
    this.status.textContent = `${formatName(message.reviewer, 60)} · saved as you go in ${formatName(message.file)}`;
    this.notes.replaceChildren(...message.notes.map((note) => createElement('p', {}, note)));
    this.notice.show(message.save);
    this.pages.hidden = false;
    const isRating = message.type === 'actions';
    this.toDeck.textContent = isRating ? 'Rate' : 'Code';
    this.toResults.textContent = isRating ? 'Agreement' : 'Counts';
    this.results.begin(isRating ? 'agreement' : 'risks');
    this.deck = this.createDeck(message);
    this.place.replaceChildren(this.deck.element);
    this.deck.open(this.view.place);
    this.turnTo(this.view.results);
  }

  private createDeck(message: DeckMessage): Deck {
    const remember = (place: Place) => this.change({ ...this.view, place });
    if (message.type === 'gaps') {
      const face = new RiskFace(message.gaps, {
        code: (at, risk) => this.actions.send({ type: 'code', at, risk }),
        press: (judge) => deck.judge(0, judge),
      });
      this.risks = face;
      const deck = new Deck(face, remember);
      return deck;
    }
    this.risks = undefined;
    const deck: Deck = new Deck(
      new RatingFace(message.actions, {
        rate: (at, metric, rating) => this.actions.send({ type: 'rate', at, metric, rating }),
        press: (slot, judge) => deck.judge(slot, judge),
        settle: (slot) => deck.settle(slot),
      }),
      remember,
    );
    return deck;
  }

  private turnTo(results: boolean): void {
    this.change({ ...this.view, results });
    this.toDeck.setAttribute('aria-pressed', String(!results));
    this.toResults.setAttribute('aria-pressed', String(results));
    // Charts take the width there is; what is read line by line does not.
    this.head.classList.toggle('wide', results);
    this.showOnly(results ? this.results.element : this.place);
    if (results) this.actions.send({ type: 'ask', for: this.results.of });
    else this.deck?.focus();
  }

  private showOnly(shown: HTMLElement | undefined): void {
    for (const part of [this.empty, this.place, this.results.element]) part.hidden = part !== shown;
    this.head.hidden = shown === undefined || shown === this.empty;
  }

  private change(view: ReviewViewState): void {
    this.view = view;
    this.actions.save(view);
  }
}
