/** A deck of cards that somebody goes through by keyboard: place, keys, progress, focus and what is read out. */
import { createElement } from '../dom';
import { DeckBar, type DeckWords } from './deckBar';
import { type KeyHelp, KeysHelp } from './keysHelp';
import {
  countDone,
  enterCard,
  findOpen,
  fitPlace,
  moveBack,
  moveOn,
  moveSlot,
  type Place,
  type Progress,
} from './place';

/** What a kind of deck brings along; the deck brings the rest. */
export interface DeckFace {
  readonly words: DeckWords;
  readonly keys: readonly KeyHelp[];
  /** Holds the card's text. */
  readonly card: HTMLElement;
  /** Holds what can be chosen. */
  readonly choices: HTMLElement;
  progress(): Progress;
  /** Fills card and choices. */
  draw(place: Place): void;
  /** The element that has the keyboard at a place. */
  focusable(place: Place): HTMLElement | undefined;
  /** What the screen reader says of a place: the whole card where one has come to it. */
  describe(place: Place, isNewCard: boolean): string;
  /** The judgement that a key stands for; undefined for any other key. */
  readKey(key: string): (() => string) | undefined;
}

export class Deck {
  readonly element: HTMLElement;
  private readonly bar: DeckBar;
  private readonly help: KeysHelp;
  private readonly live = createElement('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' });
  private place: Place = { card: 0, slot: 0 };

  constructor(
    private readonly face: DeckFace,
    private readonly remember: (place: Place) => void,
  ) {
    this.help = new KeysHelp([...face.keys, ...SHARED_KEYS(face.words)]);
    this.bar = new DeckBar(face.words, {
      previous: () => this.stepCard(-1),
      next: () => this.stepCard(1),
      firstOpen: () => this.goToOpen(),
      showKeys: () => this.help.show(),
    });
    this.element = createElement(
      'div',
      { class: 'deck' },
      this.bar.element,
      face.card,
      face.choices,
      this.live,
      this.help.element,
    );
  }

  /** `place`: where the reader was before; absent, the first judgement that is missing. */
  open(place: Place | undefined): void {
    const progress = this.face.progress();
    this.place = place ? fitPlace(progress, place) : (findOpen(progress) ?? { card: 0, slot: 0 });
    this.draw();
  }

  focus(): void {
    this.face.focusable(this.place)?.focus({ preventScroll: true });
  }

  /** Carries out a judgement of the card at hand, and moves on. `judge` gives what it did, in words. */
  judge(slot: number, judge: () => string): void {
    const before = this.face.progress();
    const said = judge();
    const after = this.face.progress();
    const next = moveOn(before, after, { ...this.place, slot });
    const total = after.length;
    const done = countDone(after);
    const isNewlyDone = done > countDone(before);
    const parts = [said];
    if (isNewlyDone) parts.push(`${done} of ${total} ${this.face.words.done}`);
    if (isNewlyDone && done === total) parts.push(`That was the last ${this.face.words.thing}`);
    this.go(next, parts);
  }

  /** Whether the key meant something here. */
  handleKey(key: string): boolean {
    const judge = this.face.readKey(key);
    if (judge) {
      this.judge(this.place.slot, judge);
      return true;
    }
    switch (key) {
      case 'ArrowLeft':
        this.stepCard(-1);
        return true;
      case 'ArrowRight':
        this.stepCard(1);
        return true;
      case 'ArrowUp':
        this.go(moveSlot(this.face.progress(), this.place, -1));
        return true;
      case 'ArrowDown':
        this.go(moveSlot(this.face.progress(), this.place, 1));
        return true;
      case 'Backspace':
        this.go(moveBack(this.face.progress(), this.place));
        return true;
      case 'u':
      case 'U':
        this.goToOpen();
        return true;
      case '?':
        this.help.show();
        return true;
      default:
        return false;
    }
  }

  /** The reader put the keyboard on another judgement of the card. */
  settle(slot: number): void {
    if (slot === this.place.slot) return;
    this.place = { ...this.place, slot };
    this.remember(this.place);
    this.draw();
  }

  draw(): void {
    const progress = this.face.progress();
    this.bar.show(this.place.card, countDone(progress), progress.length);
    this.face.draw(this.place);
  }

  private stepCard(by: 1 | -1): void {
    const progress = this.face.progress();
    const card = this.place.card + by;
    if (card < 0 || card >= progress.length) {
      this.live.textContent = by > 0 ? `This is the last ${this.face.words.thing}.` : 'This is the first one.';
      return;
    }
    this.go(enterCard(progress, card));
  }

  private goToOpen(): void {
    const open = findOpen(this.face.progress());
    if (open) this.go(open);
    else this.live.textContent = `All are ${this.face.words.done}.`;
  }

  private go(place: Place, said: readonly string[] = []): void {
    const isNewCard = place.card !== this.place.card;
    const hadFocus = this.element.contains(document.activeElement) || document.activeElement === document.body;
    this.place = place;
    this.remember(place);
    this.draw();
    // A button of the bar keeps the keyboard: whoever steps through the deck by it goes on doing so.
    if (hadFocus && !this.bar.element.contains(document.activeElement)) this.focus();
    if (isNewCard) this.element.scrollIntoView({ block: 'start' });
    else this.face.focusable(place)?.scrollIntoView({ block: 'nearest' });
    this.live.textContent = [...said, this.face.describe(place, isNewCard)].join('. ');
  }
}

const SHARED_KEYS = ({ thing, done }: DeckWords): readonly KeyHelp[] => [
  { keys: ['←', '→'], does: `the ${thing} before, the ${thing} after` },
  { keys: ['U'], does: `to the first that is not ${done}` },
  { keys: ['Backspace'], does: 'one judgement back, to make it again' },
  { keys: ['Tab'], does: 'through every button' },
  { keys: ['?'], does: 'shows these keys; Escape closes them' },
];
