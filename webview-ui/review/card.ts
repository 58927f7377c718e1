/** What is judged: scenario, value, action with its attributions marked, explanation. All of it is text, never markup. */
import { splitAtSpans } from '../../src/display/spans';
import type { CodedGap, RatedAction } from '../../src/protocol/review';
import { createElement } from '../dom';
import { formatName } from '../format';

/** Longer texts are cut: nothing that is read at a glance is longer, and a hostile file may be. */
const LONGEST_TEXT = 4000;
const MOST_SPANS = 40;

type CardText = Pick<
  RatedAction | CodedGap,
  'scenario' | 'value' | 'definition' | 'action' | 'attributions' | 'explanation'
>;

export interface CardWords {
  /** The line under the value: what the action is about. */
  readonly about: readonly (Node | string)[];
  /** Stands before the action, for the eye and the ear. */
  readonly actionLabel: string;
  readonly explanationLabel: string;
  /** Where there is none. */
  readonly noExplanation: string;
}

export function fillCard(host: HTMLElement, text: CardText, words: CardWords): void {
  const { scenario, value, definition, action, attributions, explanation } = text;
  host.replaceChildren(
    createElement('p', { class: 'scene' }, formatName(scenario)),
    createElement('h2', {}, formatName(value)),
    ...(definition ? [createElement('p', { class: 'definition' }, limit(definition))] : []),
    createElement('p', { class: 'about' }, ...words.about),
    createElement('p', { class: 'label' }, words.actionLabel),
    createElement('blockquote', { class: 'action' }, ...markSpans(action, attributions)),
    createElement('p', { class: 'label' }, words.explanationLabel),
    explanation?.trim()
      ? createElement('p', { class: 'explanation' }, limit(explanation))
      : createElement('p', { class: 'explanation absent' }, words.noExplanation),
  );
}

export function markSpans(action: string, attributions: readonly string[]): readonly (Node | string)[] {
  return splitAtSpans(limit(action), attributions.slice(0, MOST_SPANS).map(limit)).map(({ text, marked }) =>
    marked ? createElement('mark', {}, text) : text,
  );
}

export function limit(text: string): string {
  return formatName(text, LONGEST_TEXT);
}
