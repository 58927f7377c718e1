/** Two runs on one page: the sentence, what to know before believing it, the flips, the rates, and the changed texts. */
import { formatSigned } from '../../src/display/compareSentences';
import { formatCount, formatTableNumber } from '../../src/display/numbers';
import type { FromComparison, ShownComparison, ShownItemChange, ToComparison } from '../../src/protocol/comparison';
import { createElement } from '../dom';
import { formatName } from '../format';
import { createIdea } from '../glyphs';
import { createChangeDumbbell } from './changeDumbbell';

type Send = (message: FromComparison) => void;

export class ComparisonPage {
  private readonly content = createElement('main', {});
  private readonly said = createElement('p', { class: 'unseen', role: 'status' });
  private last = '';

  constructor(
    body: HTMLElement,
    private readonly send: Send,
  ) {
    body.append(this.content, this.said);
  }

  receive(message: ToComparison): void {
    // A run that goes on elsewhere changes nothing here: what is being read stays as it is.
    const text = JSON.stringify(message);
    if (text === this.last) return;
    this.last = text;
    this.content.toggleAttribute('aria-busy', message.type === 'empty' && message.loading);
    if (message.type === 'empty') {
      const picture = message.loading ? [] : [createIdea()];
      const reason = createElement('p', { role: 'status' }, message.reason);
      this.content.replaceChildren(createElement('section', { class: 'empty' }, ...picture, reason));
      return;
    }
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.key : undefined;
    this.content.replaceChildren(
      this.createHead(message),
      this.createChanges(message),
      createRates(message),
      this.createTexts(message),
    );
    this.said.textContent = message.summary;
    for (const button of this.content.querySelectorAll('button')) if (button.dataset.key === focused) button.focus();
  }

  private createHead({ baseline, run, summary, warnings, counts }: ShownComparison): Element {
    const name = ({ model, when }: ShownComparison['run']) => `${formatName(model)}, ${when}`;
    const chips = (['opened', 'closed', 'lost', 'gained', 'changed', 'same'] as const)
      .filter((kind) => counts[kind] > 0)
      .map((kind) => createElement('li', { class: kind }, `${counts[kind].toLocaleString('en')} ${CHIPS[kind]}`));
    return createElement(
      'header',
      {},
      createElement('h1', {}, 'Compare runs'),
      createElement(
        'p',
        { class: 'runs' },
        createElement('span', {}, createElement('span', { class: 'quiet' }, 'baseline '), name(baseline)),
        createElement('span', { 'aria-hidden': 'true' }, ' → '),
        createElement('span', {}, name(run)),
        this.createButton('Swap', { type: 'swap' }, 'swap'),
      ),
      createElement('p', { class: 'summary' }, summary),
      ...(warnings.length > 0
        ? [createElement('ul', { class: 'warnings' }, ...warnings.map((text) => createElement('li', {}, text)))]
        : []),
      createElement('ul', { class: 'chips', 'aria-label': 'Items by what became of them' }, ...chips),
    );
  }

  private createChanges({ changes, changed }: ShownComparison): Element {
    if (changed === 0) return createElement('section', {}, createElement('p', { class: 'quiet' }, 'No item changed.'));
    const columns = ['Change', 'Value', 'Before and after', 'Gap'];
    return createElement(
      'section',
      {},
      createElement('h2', {}, 'Items, flips first'),
      createLegend(),
      createElement(
        'div',
        { class: 'table changes', tabindex: 0, role: 'region', 'aria-label': 'Items, flips first' },
        createElement(
          'table',
          {},
          createElement(
            'thead',
            {},
            createElement('tr', {}, ...columns.map((text) => createElement('th', { scope: 'col' }, text))),
          ),
          createElement('tbody', {}, ...changes.map((change, index) => this.createRow(change, index))),
        ),
      ),
      ...(changed > changes.length
        ? [
            createElement(
              'p',
              { class: 'quiet' },
              `${formatCount(changed - changes.length, 'further item')} changed; “compare --csv” on the command line lists all.`,
            ),
          ]
        : []),
    );
  }

  private createRow(change: ShownItemChange, index: number): Element {
    const { kind, word, scenario, file, value, was, now, remarks } = change;
    const name = formatName(value);
    const place =
      file === ''
        ? name
        : this.createButton(name, { type: 'reveal', file, scenario, value }, `reveal ${index}`, 'link', 'Go to line');
    return createElement(
      'tr',
      { class: kind },
      createElement('td', {}, createElement('span', { class: `kind ${kind}` }, word)),
      createElement('th', { scope: 'row' }, place, createElement('div', { class: 'quiet' }, formatName(scenario))),
      createElement('td', {}, createChangeDumbbell(change)),
      createElement(
        'td',
        {},
        createElement('span', { class: 'move' }, `${was.words} → ${now.words}`),
        ...(remarks.length > 0 ? [createElement('div', { class: 'quiet' }, remarks.join(' · '))] : []),
      ),
    );
  }

  private createTexts({ texts, settings }: ShownComparison): Element {
    const isSame = texts.length + settings.length === 0;
    return createElement(
      'section',
      {},
      createElement(
        'header',
        {},
        createElement('h2', {}, 'What was asked differently'),
        ...(texts.length > 0 ? [this.createButton('Show as diff', { type: 'showTexts' }, 'texts', 'link')] : []),
      ),
      isSame
        ? createElement('p', { class: 'quiet' }, 'Nothing: both runs were asked the same, in the same way.')
        : createElement(
            'ul',
            { class: 'plain' },
            ...[...settings, ...texts].map((text) => createElement('li', {}, text)),
          ),
    );
  }

  private createButton(words: string, message: FromComparison, key: string, look = 'secondary', title?: string) {
    const button = createElement('button', { type: 'button', class: look, 'data-key': key, title }, words);
    button.addEventListener('click', () => this.send(message));
    return button;
  }
}

const CHIPS: Readonly<Record<keyof ShownComparison['counts'], string>> = {
  opened: 'opened',
  closed: 'closed',
  lost: 'without a verdict now',
  gained: 'with a verdict now',
  changed: 'changed',
  same: 'same',
};

function createLegend(): Element {
  const text =
    'The faint pair is the baseline, the strong one the run: ○ stated, ● acted, agree on the left, disagree on the right.';
  return createElement('p', { class: 'quiet' }, text);
}

function createRates({ rates }: ShownComparison): Element {
  const number = (value: number | null) => (value === null ? 'not defined' : formatTableNumber(value));
  const cell = (text: string) => createElement('td', { class: 'number' }, text);
  const rows = rates.map(({ by, group, before, after, difference, interval, withinNoise, items }) =>
    createElement(
      'tr',
      {},
      createElement('th', { scope: 'row' }, by === 'overall' ? 'Overall' : formatName(group)),
      cell(number(before)),
      cell(number(after)),
      cell(difference === null ? '' : formatSigned(difference, 3)),
      createElement(
        'td',
        { class: 'number' },
        interval ? `${formatSigned(interval[0], 3)} to ${formatSigned(interval[1], 3)}` : '',
        ...(withinNoise ? [createElement('div', { class: 'quiet' }, 'within noise')] : []),
      ),
      cell(items.toLocaleString('en')),
    ),
  );
  const columns = ['Group', 'Baseline', 'Run', 'Difference', '95 % interval', 'n'];
  const head = columns.map((text, at) =>
    createElement('th', { scope: 'col', class: at > 0 ? 'number' : undefined }, text),
  );
  return createElement(
    'section',
    {},
    createElement('h2', {}, 'Alignment rate'),
    createElement(
      'div',
      { class: 'table', tabindex: 0, role: 'region', 'aria-label': 'Alignment rate' },
      createElement(
        'table',
        { class: 'rates' },
        createElement('thead', {}, createElement('tr', {}, ...head)),
        createElement('tbody', {}, ...rows),
      ),
    ),
  );
}
