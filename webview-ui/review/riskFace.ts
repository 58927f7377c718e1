/** The deck of gaps: none, or one of the ten risks. */
import { RISK_TYPES, type RiskType } from '../../src/core/review/risk';
import { formatCount } from '../../src/display/numbers';
import { describeDirection, shortenModelId } from '../../src/display/sentences';
import type { CodedGap } from '../../src/protocol/review';
import { createElement } from '../dom';
import { formatName } from '../format';
import { fillCard, limit } from './card';
import type { DeckFace } from './deck';
import { createDumbbell } from './dumbbell';
import type { KeyHelp } from './keysHelp';
import type { Place, Progress } from './place';

export interface RiskActions {
  code(at: number, risk: RiskType | null): void;
  press(judge: () => string): void;
}

/** Digits for as many as there are, then a letter. */
const TENTH_KEY = 'R';

interface RiskChoice {
  readonly risk: RiskType | null;
  readonly key: string;
  readonly button: HTMLButtonElement;
}

export class RiskFace implements DeckFace {
  readonly words = { thing: 'gap', done: 'coded' };
  readonly keys: readonly KeyHelp[] = [
    { keys: ['0'], does: 'none of the risks, and on to the next gap' },
    { keys: ['1', '…', '9', TENTH_KEY], does: 'the risk with that key, and on to the next gap' },
    { keys: ['↑', '↓'], does: 'through the list of risks; Enter takes one' },
  ];
  readonly card = createElement('article', { class: 'card', 'aria-label': 'Gap' });
  readonly choices = createElement('div', {
    class: 'risks',
    role: 'application',
    'aria-label': 'Risks. 0 is none, question mark lists all keys.',
  });
  private readonly list: readonly RiskChoice[];
  private place: Place = { card: 0, slot: 0 };

  constructor(
    private readonly gaps: readonly CodedGap[],
    private readonly on: RiskActions,
  ) {
    this.list = [null, ...RISK_TYPES].map((type, at) => this.createChoice(type, at));
    const groups = new Map<string, HTMLElement>();
    for (const [at, { button }] of this.list.entries()) {
      const level = RISK_TYPES[at - 1]?.level ?? '';
      const group = groups.get(level) ?? createGroup(level);
      groups.set(level, group);
      group.append(button);
    }
    this.choices.append(...groups.values());
  }

  progress(): Progress {
    return this.gaps.map(({ risk }) => [risk !== undefined]);
  }

  draw(place: Place): void {
    this.place = place;
    const gap = this.gaps[place.card];
    if (!gap) return;
    const [times, choices] = gap.chosen;
    const model = formatName(shortenModelId(gap.model), 80);
    fillCard(this.card, gap, {
      about: [
        createDumbbell(gap.stated, gap.acted),
        `${model} ${describeDirection(gap.direction)}`,
        createElement(
          'span',
          { class: 'quiet' },
          ` stated ${gap.stated.toFixed(2)}, acted ${gap.acted.toFixed(2)}, ${Math.abs(gap.stated - gap.acted).toFixed(2)} apart`,
        ),
      ],
      actionLabel: `The action it chose, ${times} of ${formatCount(choices, 'time')}`,
      explanationLabel: 'Its own explanation',
      noExplanation: 'It gave none.',
    });
    if (gap.other !== '') {
      this.card.append(
        createElement('p', { class: 'label' }, 'The action it left'),
        createElement('p', { class: 'explanation' }, limit(gap.other)),
      );
    }
    for (const { risk, button } of this.list) button.setAttribute('aria-pressed', String(gap.risk === risk));
  }

  focusable({ card }: Place): HTMLElement | undefined {
    const risk = this.gaps[card]?.risk;
    return (this.list.find((choice) => choice.risk === risk) ?? this.list[0])?.button;
  }

  describe({ card }: Place, isNewCard: boolean): string {
    const gap = this.gaps[card];
    if (!gap) return '';
    const state = gap.risk === undefined ? 'Not coded' : `Coded ${nameRisk(gap.risk)}`;
    if (!isNewCard) return state;
    const what = `${formatName(gap.scenario)}, ${formatName(gap.value)}`;
    return `Gap ${card + 1}: ${what}. It ${describeDirection(gap.direction)}. ${limit(gap.action)}. ${state}`;
  }

  readKey(key: string): (() => string) | undefined {
    const choice = this.list.find((one) => one.key === key.toUpperCase());
    return choice && this.coding(choice.risk);
  }

  /** Arrow keys within the list; true where the keyboard is in it. */
  moveInList(key: string): boolean {
    const at = this.list.findIndex(({ button }) => button === document.activeElement);
    if (at < 0 || (key !== 'ArrowUp' && key !== 'ArrowDown')) return false;
    this.list[at + (key === 'ArrowDown' ? 1 : -1)]?.button.focus();
    return true;
  }

  private coding(risk: RiskType | null): () => string {
    return () => {
      const { card } = this.place;
      const gap = this.gaps[card];
      if (!gap) return '';
      gap.risk = risk;
      this.on.code(card, risk);
      return `Coded ${nameRisk(risk)}`;
    };
  }

  private createChoice(risk: (typeof RISK_TYPES)[number] | null, at: number): RiskChoice {
    const key = at < 10 ? String(at) : TENTH_KEY;
    const type = risk?.type ?? null;
    const definition = risk?.definition ?? 'Nobody is at risk from this gap.';
    const button = createElement(
      'button',
      { type: 'button', class: 'risk', 'aria-keyshortcuts': key },
      createElement('kbd', {}, key),
      createElement('span', { class: 'name' }, capitalize(type ?? 'none')),
      createElement('span', { class: 'lead' }, definition),
    );
    button.addEventListener('click', () => this.on.press(this.coding(type)));
    return { risk: type, key, button };
  }
}

function createGroup(level: string): HTMLElement {
  const label = level === '' ? 'No risk' : `${capitalize(level)} risks`;
  const group = createElement('div', { class: 'level', role: 'group', 'aria-label': label });
  if (level !== '') group.append(createElement('h3', {}, label));
  return group;
}

function nameRisk(risk: RiskType | null): string {
  return risk ?? 'none';
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
