/** The table twin of a chart. */
import { createElement } from '../dom';
import { createMarker } from '../glyphs';
import type { TableCell, TableTwin } from './definition';
import { describeLead, type Target } from './plot/target';

/** Fills `host` anew and gives the focus back to the link that had it. */
export function showTable(host: HTMLElement, twin: TableTwin, follow: (target: Target) => void): void {
  const focused = host.contains(document.activeElement) ? readKey(document.activeElement) : undefined;
  const head = createElement(
    'tr',
    {},
    ...twin.columns.map(({ title, number }) =>
      createElement('th', { scope: 'col', class: number ? 'number' : undefined }, title),
    ),
  );
  const rows = twin.rows.map(({ key, cells }) =>
    createElement(
      'tr',
      {},
      ...cells.map((cell, index) => createCell(cell, index === 0, JSON.stringify([key, index]), follow)),
    ),
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
  follow: (target: Target) => void,
): HTMLTableCellElement {
  const content: (Node | string)[] = cell.series === undefined ? [] : [createMarker(cell.series)];
  const { target } = cell;
  if (target) {
    const link = createElement(
      'button',
      { type: 'button', class: 'link', title: capitalize(describeLead(target)) },
      cell.text,
    );
    link.dataset.key = key;
    link.addEventListener('click', () => follow(target));
    content.push(link);
  } else content.push(cell.text);
  return header
    ? createElement('th', { scope: 'row' }, ...content)
    : createElement('td', { class: classify(cell) }, ...content);
}

function classify({ number, words }: TableCell): string | undefined {
  return [number ? 'number' : '', words ? 'words' : ''].filter(Boolean).join(' ') || undefined;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function readKey(element: Element | null): string | undefined {
  return element instanceof HTMLElement ? element.dataset.key : undefined;
}
