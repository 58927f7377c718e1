/** The scale from agree to disagree: a dumbbell a model, with every answer on it. */

import { formatEditorNumber } from '../../src/display/numbers';
import { describeDirection, describeStatus, shortenModelId } from '../../src/display/sentences';
import { describeTask1, describeTask2 } from '../../src/display/variantWords';
import type { InspectedItem, InspectedModel } from '../../src/protocol/inspector';
import { createElement, createSvg } from '../dom';
import { formatName } from '../format';
import { createMarker } from '../glyphs';

/** Heights in pixels: the answers of Task 1 stand above the line, those of Task 2 below it. */
const HEIGHT = 56;
const LINE = 28;
const ANSWER_GAP = 18;
/** Share of the width left and right of the scale, for what stands at its ends, in percent. */
const MARGIN = 4;

export function createScales(item: InspectedItem, select: (model: string) => void): Element {
  const rows = item.models.map((model, index) => createRow(model, index === item.selected, item.models.length, select));
  return createElement(
    'section',
    { class: 'scales' },
    createElement('h2', { class: 'unseen' }, 'Stated and acted'),
    createElement(
      'p',
      { class: 'legend' },
      createKey('hollow', 'stated (Task 1)'),
      createKey('filled', 'acted (Task 2)'),
      createElement('span', {}, 'small: single answers, and how many'),
    ),
    createElement(
      'fieldset',
      {},
      createElement('legend', { class: 'unseen' }, 'Model to look at'),
      createEnds(item.models.length),
      ...rows,
    ),
  );
}

/** What the two ends of the scale mean, above the first of them. */
function createEnds(count: number): Element {
  const ends = createElement(
    'span',
    { class: 'ends', 'aria-hidden': 'true' },
    createElement('span', {}, 'agree'),
    createElement('span', {}, 'disagree'),
  );
  const before = count === 1 ? [createElement('span')] : [createElement('span'), createElement('span')];
  return createElement('div', { class: count === 1 ? 'scale-row' : 'scale-row several' }, ...before, ends);
}

function createRow(
  model: InspectedModel,
  selected: boolean,
  count: number,
  select: (model: string) => void,
): HTMLElement {
  const name = formatName(shortenModelId(model.model), 80);
  const words = createElement('span', { class: 'verdict' }, ...describeVerdict(model));
  const who = createElement('span', { class: 'model', title: model.model }, createMarker(model.series), name);
  const content = [createElement('span', { class: 'who' }, who, words), createScale(model)];
  if (count === 1) return createElement('div', { class: 'scale-row' }, ...content);
  const radio = createElement('input', {
    type: 'radio',
    name: 'model',
    checked: selected,
    'aria-label': `${name}: ${words.textContent}`,
    'data-key': `model ${model.model}`,
  });
  radio.addEventListener('change', () => select(model.model));
  return createElement('label', { class: selected ? 'scale-row selected' : 'scale-row' }, radio, ...content);
}

function describeVerdict(model: InspectedModel): (Node | string)[] {
  const { status, direction, distance, stale } = model;
  const number = distance === null ? [] : [createElement('strong', {}, formatEditorNumber(distance)), ' '];
  if (stale) return [...number, 'stale: asked about an earlier text'];
  return [...number, status === 'gap' && direction ? describeDirection(direction) : describeStatus(status)];
}

function createKey(look: 'hollow' | 'filled', words: string): Element {
  const dot = createSvg(
    'svg',
    { class: 'glyph', viewBox: '0 0 12 12', width: 12, height: 12, 'aria-hidden': 'true' },
    createSvg('circle', { class: look, cx: 6, cy: 6, r: look === 'hollow' ? 4 : 4.5 }),
  );
  return createElement('span', {}, dot, words);
}

/** 0…1 → the place on the picture, in percent. */
function placeOf(share: number): string {
  return `${MARGIN + share * (100 - 2 * MARGIN)}%`;
}

function createScale(model: InspectedModel): SVGSVGElement {
  const { stated, acted, status } = model;
  const parts: SVGElement[] = [
    createSvg('line', { class: 'axis', x1: placeOf(0), x2: placeOf(1), y1: LINE, y2: LINE }),
    ...[0, 0.5, 1].map((at) =>
      createSvg('line', { class: 'tick', x1: placeOf(at), x2: placeOf(at), y1: LINE - 5, y2: LINE + 5 }),
    ),
  ];
  if (stated !== null && acted !== null) {
    const look = status === 'gap' ? 'bar gap' : status === 'undecided' ? 'bar open' : 'bar';
    parts.push(createSvg('line', { class: look, x1: placeOf(stated), x2: placeOf(acted), y1: LINE, y2: LINE }));
  }
  parts.push(...createAnswers(model));
  if (acted !== null) parts.push(createSvg('circle', { class: 'filled', cx: placeOf(acted), cy: LINE, r: 6.5 }));
  // On top of the filled one where both fall on one place: one inside the other.
  if (stated !== null) {
    const r = acted !== null && Math.abs(stated - acted) < 0.01 ? 3.5 : 6;
    parts.push(createSvg('circle', { class: 'hollow', cx: placeOf(stated), cy: LINE, r }));
  }
  return createSvg(
    'svg',
    {
      class: `scale ${model.stale ? 'stale' : ''}`.trim(),
      height: HEIGHT,
      role: 'img',
      'aria-label': describeScale(model),
    },
    ...parts,
  );
}

function describeScale({ stated, acted }: InspectedModel): string {
  const say = (number: number | null) => (number === null ? 'none' : formatEditorNumber(number));
  return `From 0 agree to 1 disagree: stated ${say(stated)}, acted ${say(acted)}`;
}

interface Cluster {
  readonly at: number;
  readonly variants: string[];
}

function createAnswers({ stateAnswers, actAnswers }: InspectedModel): SVGElement[] {
  const stated = cluster(
    stateAnswers.flatMap(({ answer, variant }) =>
      typeof answer === 'number' ? [{ at: (answer - 1) / 3, words: describeTask1(variant) }] : [],
    ),
  );
  const acted = cluster(
    actAnswers.flatMap(({ answer, variant }) =>
      answer === 'agree' || answer === 'disagree'
        ? [{ at: answer === 'agree' ? 0 : 1, words: describeTask2(variant) }]
        : [],
    ),
  );
  return [
    ...stated.map((found) => drawCluster(found, 'hollow', LINE - ANSWER_GAP)),
    ...acted.map((found) => drawCluster(found, 'filled', LINE + ANSWER_GAP)),
  ];
}

function cluster(answers: readonly { at: number; words: readonly string[] }[]): Cluster[] {
  const found = new Map<number, Cluster>();
  for (const { at, words } of answers) {
    const known = found.get(at) ?? { at, variants: [] };
    known.variants.push(words.slice(1).join(', '));
    found.set(at, known);
  }
  return [...found.values()];
}

function drawCluster({ at, variants }: Cluster, look: 'hollow' | 'filled', y: number): SVGElement {
  const title = createSvg('title');
  title.textContent = [...new Set(variants)].join('\n');
  const count = createSvg('text', { x: placeOf(at), y: y + 4, dx: 7 });
  count.textContent = String(variants.length);
  return createSvg(
    'g',
    { class: 'answers' },
    title,
    createSvg('circle', { class: look, cx: placeOf(at), cy: y, r: 3 }),
    count,
  );
}
