import { describe, expect, it } from 'vitest';
import {
  countDone,
  enterCard,
  findOpen,
  fitPlace,
  moveBack,
  moveOn,
  moveSlot,
  type Progress,
} from '../../webview-ui/review/place';

/** "1" made, "." missing; a card between blanks. */
const read = (text: string): Progress => text.split(' ').map((card) => [...card].map((slot) => slot === '1'));
const at = (card: number, slot: number) => ({ card, slot });

describe('the place in a deck', () => {
  it.each([
    ['.... ....', '1... ....', at(0, 0), at(0, 1)],
    // What was passed over is asked before the next card.
    ['.11. ....', '.111 ....', at(0, 3), at(0, 0)],
    ['111. ....', '1111 ....', at(0, 3), at(1, 0)],
    ['111. 11..', '1111 11..', at(0, 3), at(1, 2)],
    // Behind the last card: what is still missing, or nowhere.
    ['..11 111.', '..11 1111', at(1, 3), at(0, 0)],
    ['1111 111.', '1111 1111', at(1, 3), at(1, 3)],
    // A change of mind.
    ['1111 ....', '1111 ....', at(0, 1), at(0, 2)],
    ['1111 ....', '1111 ....', at(0, 3), at(1, 0)],
    ['1111 1111', '1111 1111', at(1, 3), at(1, 3)],
    ['. .', '1 .', at(0, 0), at(1, 0)],
    ['1', '1', at(0, 0), at(0, 0)],
  ])('from %s to %s, %j leads to %j', (before, after, place, next) => {
    expect(moveOn(read(before), read(after), place)).toEqual(next);
  });

  it('goes back over the border of cards, and no further than the first', () => {
    const progress = read('.... ....');
    expect(moveBack(progress, at(1, 0))).toEqual(at(0, 3));
    expect(moveBack(progress, at(0, 0))).toEqual(at(0, 0));
    expect([moveSlot(progress, at(0, 0), -1), moveSlot(progress, at(0, 3), 1)]).toEqual([at(0, 0), at(0, 3)]);
  });

  it('enters a card at what is missing, and stays in the deck', () => {
    expect(enterCard(read('1111 11.1'), 1)).toEqual(at(1, 2));
    expect(enterCard(read('1111 1111'), 9)).toEqual(at(1, 0));
    expect(enterCard([], 0)).toEqual(at(0, 0));
  });

  it('fits a place of an earlier visit into the deck there is', () => {
    expect(fitPlace(read('.... ....'), at(1, 2))).toEqual(at(1, 2));
    expect(fitPlace(read('.... .'), at(1, 3))).toEqual(at(1, 0));
    expect(fitPlace(read('1111 .1..'), at(7, 1))).toEqual(at(1, 0));
    expect(fitPlace([], at(7, 1))).toEqual(at(0, 0));
  });

  it('counts whole cards', () => {
    expect(countDone(read('1111 1.11 1111'))).toBe(2);
    expect(findOpen(read('1111 1.11'))).toEqual(at(1, 1));
    expect(findOpen(read('1111'))).toBeUndefined();
  });
});
