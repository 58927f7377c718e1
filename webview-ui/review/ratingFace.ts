/** The deck of actions: four metrics for each, every one a yes or a no. */
import { RATING_METRICS, type RatingMetric } from '../../src/core/review/rating';
import { defineMetric, METRIC_NAMES } from '../../src/display/reviewWords';
import type { RatedAction } from '../../src/protocol/review';
import { createElement } from '../dom';
import { formatName } from '../format';
import { fillCard, limit } from './card';
import type { DeckFace } from './deck';
import type { KeyHelp } from './keysHelp';
import type { Place, Progress } from './place';

export interface RatingActions {
  /** Somebody rated: by key at the current place, or by a button of any metric. */
  rate(at: number, metric: RatingMetric, rating: 0 | 1): void;
  /** A button was pressed: carry it out as a judgement at that metric. */
  press(slot: number, judge: () => string): void;
  settle(slot: number): void;
}

interface MetricRow {
  readonly element: HTMLElement;
  readonly definition: HTMLElement;
  readonly yes: HTMLButtonElement;
  readonly no: HTMLButtonElement;
}

export class RatingFace implements DeckFace {
  readonly words = { thing: 'action', done: 'rated' };
  readonly keys: readonly KeyHelp[] = [
    { keys: ['1', '0'], does: 'yes or no to the marked metric, and on to the next' },
    { keys: ['↑', '↓'], does: 'the metric before, the metric after' },
  ];
  readonly card = createElement('article', { class: 'card', 'aria-label': 'Action' });
  readonly choices = createElement('div', {
    class: 'metrics',
    role: 'application',
    'aria-label': 'Ratings. 1 is yes, 0 is no, question mark lists all keys.',
  });
  private readonly rows: readonly MetricRow[];
  private place: Place = { card: 0, slot: 0 };

  constructor(
    private readonly actions: readonly RatedAction[],
    private readonly on: RatingActions,
  ) {
    this.rows = RATING_METRICS.map((metric, slot) => this.createRow(metric, slot));
    this.choices.append(...this.rows.map(({ element }) => element));
  }

  progress(): Progress {
    return this.actions.map(({ ratings }) => ratings.map((rating) => rating !== null));
  }

  draw(place: Place): void {
    this.place = place;
    const action = this.actions[place.card];
    if (!action) return;
    fillCard(this.card, action, {
      about: [
        createElement(
          'span',
          {},
          'Written to show that somebody ',
          createElement('strong', {}, `${action.polarity}s`),
          ` with ${formatName(action.value)}`,
        ),
      ],
      actionLabel: 'Action',
      explanationLabel: 'Explanation',
      noExplanation: 'None is given.',
    });
    this.rows.forEach(({ element, definition, yes, no }, slot) => {
      const metric = RATING_METRICS[slot] ?? 'correctness';
      const rating = action.ratings[slot] ?? null;
      const nothingMarked = metric === 'sufficiency' && action.attributions.length === 0;
      definition.textContent = `${defineMetric(metric, action.polarity)}${nothingMarked ? ' No words are marked here.' : ''}`;
      const isCurrent = slot === place.slot;
      element.classList.toggle('current', isCurrent);
      element.tabIndex = isCurrent ? 0 : -1;
      element.setAttribute('aria-label', this.describeSlot(place.card, slot));
      yes.setAttribute('aria-pressed', String(rating === 1));
      no.setAttribute('aria-pressed', String(rating === 0));
    });
  }

  focusable({ slot }: Place): HTMLElement | undefined {
    return this.rows[slot]?.element;
  }

  describe({ card, slot }: Place, isNewCard: boolean): string {
    const action = this.actions[card];
    if (!action || !isNewCard) return this.describeSlot(card, slot);
    const { scenario, value, polarity } = action;
    return [
      `Action ${card + 1}: ${formatName(scenario)}, ${polarity}s with ${formatName(value)}`,
      limit(action.action),
      this.describeSlot(card, slot),
    ].join('. ');
  }

  readKey(key: string): (() => string) | undefined {
    return key === '1' || key === '0' ? this.rating(this.place.slot, key === '1' ? 1 : 0) : undefined;
  }

  private rating(slot: number, rating: 0 | 1): () => string {
    return () => {
      const metric = RATING_METRICS[slot] ?? 'correctness';
      const { card } = this.place;
      const action = this.actions[card];
      if (!action) return '';
      action.ratings[slot] = rating;
      this.on.rate(card, metric, rating);
      return `${METRIC_NAMES[metric]} rated ${sayRating(rating)}`;
    };
  }

  private describeSlot(card: number, slot: number): string {
    const metric = RATING_METRICS[slot] ?? 'correctness';
    const action = this.actions[card];
    const rating = action?.ratings[slot] ?? null;
    const state = rating === null ? 'not rated' : `rated ${sayRating(rating)}`;
    return `${METRIC_NAMES[metric]}, ${state}. ${defineMetric(metric, action?.polarity ?? 'agree')}`;
  }

  private createRow(metric: RatingMetric, slot: number): MetricRow {
    const name = METRIC_NAMES[metric];
    const definition = createElement('p', { class: 'lead' });
    const create = (rating: 0 | 1) => {
      const button = createElement(
        'button',
        { type: 'button', class: 'rate' },
        createElement('span', { class: 'unseen' }, `${name}: `),
        createElement('kbd', {}, String(rating)),
        sayRating(rating) === 'yes' ? ' Yes' : ' No',
      );
      button.addEventListener('click', () => this.on.press(slot, this.rating(slot, rating)));
      return button;
    };
    const [yes, no] = [create(1), create(0)];
    const element = createElement(
      'div',
      { class: 'metric', role: 'group' },
      createElement('div', { class: 'words' }, createElement('h3', {}, name), definition),
      createElement('div', { class: 'pair' }, yes, no),
    );
    element.addEventListener('focusin', () => this.on.settle(slot));
    return { element, definition, yes, no };
  }
}

function sayRating(rating: 0 | 1): 'yes' | 'no' {
  return rating === 1 ? 'yes' : 'no';
}
