/** Which item it is, the way to its neighbours, and what can be done with it. */
import { formatCount } from '../../src/display/numbers';
import { shortenModelId } from '../../src/display/sentences';
import type { FromInspector, InspectedItem } from '../../src/protocol/inspector';
import { createElement } from '../dom';
import { formatName } from '../format';

export function createHead(item: InspectedItem, send: (message: FromInspector) => void): Element {
  const { value, definition, motivationalType, running } = item;
  const where = [item.country, item.topic].map((part) => formatName(part)).filter(Boolean);
  const name = formatName(item.scenario);
  // A scenario without a name of its own is called by its country and topic.
  const scenario = where.join(' · ') === name ? [name] : [name, ...where];
  return createElement(
    'header',
    { class: 'item-head' },
    createWalk(item, send),
    createElement('h1', {}, formatName(value)),
    createElement(
      'p',
      { class: 'definition' },
      definition,
      createElement('span', { class: 'type' }, motivationalType || 'a value of your own'),
    ),
    createElement('p', { class: 'quiet' }, [...scenario, formatName(item.file)].filter(Boolean).join(' · ')),
    createToolbar(item, send),
    ...(running.length > 0 ? [createElement('p', { class: 'running', role: 'status' }, sayRunning(running))] : []),
  );
}

/** "3 of 12 in the Gaps view". */
export function sayPlace({ order, index, total }: InspectedItem['place']): string {
  const where = order === 'view' ? 'in the Gaps view' : 'in this file';
  if (total === 0) return order === 'view' ? 'No gap in the Gaps view' : 'No gap in this file';
  return index < 0 ? `${formatCount(total, 'gap')} ${where}` : `Gap ${index + 1} of ${total} ${where}`;
}

function createWalk({ place }: InspectedItem, send: (message: FromInspector) => void): Element {
  const isAlone = place.total === 0 || (place.total === 1 && place.index === 0);
  const step = (direction: 1 | -1, words: string, arrow: string) => {
    const key = direction === 1 ? 'Alt+↓' : 'Alt+↑';
    const button = createElement(
      'button',
      {
        type: 'button',
        class: 'secondary',
        title: `${words} gap (${key})`,
        'aria-keyshortcuts': direction === 1 ? 'Alt+ArrowDown' : 'Alt+ArrowUp',
        // Disabled buttons lose the keyboard, which would then be nowhere.
        'aria-disabled': isAlone ? 'true' : undefined,
        'data-key': `step ${direction}`,
      },
      createElement('span', { 'aria-hidden': 'true' }, `${arrow} `),
      words,
      createElement('span', { class: 'unseen' }, ' gap'),
      createElement('kbd', { 'aria-hidden': 'true' }, key),
    );
    button.addEventListener('click', () => !isAlone && send({ type: 'step', step: direction }));
    return button;
  };
  return createElement(
    'nav',
    { class: 'walk', 'aria-label': 'Gaps' },
    step(-1, 'Previous', '↑'),
    step(1, 'Next', '↓'),
    createElement('span', { class: 'quiet' }, sayPlace(place)),
  );
}

function createToolbar({ file, canRun }: InspectedItem, send: (message: FromInspector) => void): Element {
  const button = (words: string, type: 'reveal' | 'copy' | 'run', look: string) => {
    const element = createElement('button', { type: 'button', class: look, 'data-key': type }, words);
    element.addEventListener('click', () => send({ type }));
    return element;
  };
  return createElement(
    'div',
    { class: 'toolbar' },
    ...(canRun ? [button('Run this item', 'run', 'primary')] : []),
    ...(file === '' ? [] : [button('Go to line', 'reveal', 'secondary')]),
    button('Copy as Markdown', 'copy', 'secondary'),
  );
}

function sayRunning(running: readonly string[]): string {
  const names = running.map((model) => formatName(shortenModelId(model), 80));
  return `Asking ${names.join(', ')}…`;
}
