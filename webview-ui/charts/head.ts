/** The head of the panel: what the charts are about, and which runs are on show. It is the legend of the series too. */
import { formatCount } from '../../src/display/numbers';
import type { ModelRow } from '../../src/protocol/charts';
import { createElement } from '../dom';
import { formatName } from '../format';
import { createMarker } from '../glyphs';
import type { Snapshot } from './selection';

export class ChartsHead {
  private readonly title = createElement('h1');
  private readonly status = createElement('p', { class: 'status', role: 'status' });
  private readonly runs = createElement('div', { class: 'runs' });
  readonly element = createElement('div', { class: 'head' }, this.title, this.status, this.runs);
  /** Names and series of the runs that stand in the head, so that a running evaluation does not rebuild it. */
  private shown = '';

  constructor(private readonly toggle: (run: string, present: boolean) => void) {}

  show(snapshot: Snapshot, hidden: ReadonlySet<string>): void {
    this.title.textContent = formatName(snapshot.title);
    setText(
      this.status,
      snapshot.running && snapshot.itemCount > 0
        ? `Running. These are the answers so far: ${countSoFar(snapshot)}.`
        : '',
    );
    const shown = JSON.stringify(snapshot.models.map(({ name, series, startedAt }) => [name, series, startedAt]));
    if (shown !== this.shown) {
      this.shown = shown;
      this.runs.replaceChildren(...this.createRuns(snapshot.models));
    }
    for (const input of this.runs.querySelectorAll('input')) input.checked = !hidden.has(input.value);
  }

  private createRuns(models: readonly ModelRow[]): readonly HTMLElement[] {
    if (models.length === 1) return models.map((model) => createElement('span', { class: 'run' }, ...nameRun(model)));
    const boxes = models.map((model) => {
      const input = createElement('input', { type: 'checkbox' });
      input.value = model.name;
      input.addEventListener('change', () => this.toggle(model.name, input.checked));
      return createElement('label', { class: 'run' }, input, ...nameRun(model));
    });
    return [createElement('fieldset', {}, createElement('legend', { class: 'unseen' }, 'Runs on show'), ...boxes)];
  }
}

function nameRun(model: ModelRow): readonly (Node | string)[] {
  const name = createElement('span', { title: `${formatName(model.model)}, ${formatTime(model.startedAt)}` });
  name.textContent = formatName(model.name, 80);
  return [createMarker(model.series), name];
}

function formatTime(startedAt: string): string {
  const time = new Date(startedAt);
  return Number.isNaN(time.getTime()) ? 'time unknown' : `started ${time.toLocaleString()}`;
}

function countSoFar(snapshot: Snapshot): string {
  const decided = snapshot.models.reduce((sum, model) => sum + model.items, 0);
  return `${formatCount(decided, 'item')} with answers in both tasks`;
}

/** A status that is set again is read out again. */
function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
  element.hidden = text === '';
}
