/** The table twin of a chart. */
import { createElement } from '../dom';
import { createMarker } from '../glyphs';
import type { TableCell, TableTwin } from './definition';
import type { RevealTarget } from './plot/plot';

/** Fills `host` anew and gives the focus back to the link that had it. */
export function showTable(host: HTMLElement, twin: TableTwin, reveal: (target: RevealTarget) => void): void {
  const focused = host.contains(document.activeElement) ? readKey(document.activeElement) : undefined;
  const head = createElement(
    'tr',
    {},
    ...twin.columns.map(({ title, number }) =>
      createElement('th', { scope: 'col', class: number ? 'number' : undefined }, title),
    ),
  );
  const rows = twin.rows.map(({ key, cells }) =>
    createElement('tr', {}, ...cells.map((cell, index) => createCell(cell, index === 0, key, reveal))),
  );
  host.replaceChildren(
    createElement(
      'table',
      {},
      createElement('caption', {}, twin.caption),
      createElement('thead', {}, head),
      createElement('tbody', {}, ...rows),
    ),
  );
  if (focused === undefined) return;
  for (const button of host.querySelectorAll<HTMLElement>('button')) if (readKey(button) === focused) button.focus();
}

function createCell(
  cell: TableCell,
  header: boolean,
  key: string,
  reveal: (target: RevealTarget) => void,
): HTMLTableCellElement {
  const content: (Node | string)[] = cell.series === undefined ? [] : [createMarker(cell.series)];
  const { target } = cell;
  if (target) {
    const link = createElement('button', { type: 'button', class: 'link', title: 'Go to the line' }, cell.text);
    link.dataset.key = key;
    link.addEventListener('click', () => reveal(target));
    content.push(link);
  } else content.push(cell.text);
  return header
    ? createElement('th', { scope: 'row' }, ...content)
    : createElement('td', { class: classify(cell) }, ...content);
}

function classify({ number, words }: TableCell): string | undefined {
  return [number ? 'number' : '', words ? 'words' : ''].filter(Boolean).join(' ') || undefined;
}

function readKey(element: Element | null): string | undefined {
  return element instanceof HTMLElement ? element.dataset.key : undefined;
}
