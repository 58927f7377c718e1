/** Scenarios → rows of the released dataset: what an import of them reads as the same actions and refusals. */
import { GENERATION_KEYS } from '../prompts/generation';
import type { Item, Polarity, Scenario } from '../scenario/model';
import { findValue } from '../values';
import { readNoted } from './generatorNotes';
import type { ViaRow } from './viaCsv';

export type ViaCells = Omit<ViaRow, 'row'>;

export interface ExportedScenario {
  readonly rows: readonly ViaCells[];
  /** Sides that no generator has written for, nor refused. */
  readonly missing: number;
  /** Values that are none of the 56: the dataset has no column that says what they mean. */
  readonly ownValues: readonly string[];
}

/** Two unnamed columns of indices, as released. */
const HEAD = ['', 'Unnamed: 0', 'country', 'topic', 'value', 'polarity', 'generation_prompt'];
const POLARITIES: Readonly<Record<Polarity, string>> = { agree: 'positive', disagree: 'negative' };

export function exportScenario({ country, topic, items }: Scenario): ExportedScenario {
  const rows: ViaCells[] = [];
  let missing = 0;
  for (const item of items) {
    for (const polarity of ['agree', 'disagree'] as const) {
      const raw = writeAnswer(item, polarity);
      if (raw === undefined) missing++;
      else rows.push({ country, topic, value: item.value, polarity, raw });
    }
  }
  const ownValues = items.map(({ value }) => value).filter((value) => !findValue(value));
  return { rows, missing, ownValues };
}

function writeAnswer(item: Item, polarity: Polarity): string | undefined {
  const action = item[polarity];
  if (!action) return item.note === undefined ? undefined : readNoted(item.note, polarity)?.raw;
  const [text, spans, reasons] = GENERATION_KEYS;
  const answer = { [text]: action.action, [spans]: action.attributions, [reasons]: action.explanation ?? '' };
  return JSON.stringify(answer, null, 2);
}

export function formatViaHead(): string {
  return formatLine(HEAD);
}

/** @param index 0-based position among the data rows. */
export function formatViaRow(index: number, { country, topic, value, polarity, raw }: ViaCells): string {
  return formatLine([String(index), String(index), country, topic, value, POLARITIES[polarity], raw]);
}

/** To the letter: a dataset is read by programs, so no cell is changed to keep a spreadsheet from computing it. */
function formatLine(cells: readonly string[]): string {
  return `${cells.map(quote).join(',')}\n`;
}

function quote(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
