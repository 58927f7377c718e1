/** The released VIA dataset as it is: a CSV whose cells hold a generator's raw answers. */
import Papa from 'papaparse';
import type { Polarity } from '../scenario/model';

/** A file that cannot be imported at all; the message says what was expected. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
}

export interface ViaRow {
  /** 0-based position among the data rows, as the dataset's notes count them. */
  readonly row: number;
  readonly country: string;
  readonly topic: string;
  readonly value: string;
  readonly polarity: Polarity;
  /** The generator's raw answer. */
  readonly raw: string;
}

/** A row that cannot become an action, and why. */
export interface SkippedRow {
  readonly row: number;
  readonly reason: string;
}

const COLUMNS = ['country', 'topic', 'value', 'polarity', 'generation_prompt'] as const;
const POLARITIES: ReadonlyMap<string, Polarity> = new Map([
  ['positive', 'agree'],
  ['negative', 'disagree'],
]);

/**
 * Reads the rows of the dataset.
 * @throws {ImportError} where the text is no CSV or lacks a column.
 */
export function readViaCsv(text: string): { rows: ViaRow[]; skipped: SkippedRow[] } {
  const [head = [], ...records] = Papa.parse<string[]>(text, { skipEmptyLines: true }).data;
  const at = new Map(head.map((name, index) => [name.trim(), index]));
  const absent = COLUMNS.filter((column) => !at.has(column));
  if (absent.length > 0) {
    throw new ImportError(
      `This is not the VIA dataset: column${absent.length > 1 ? 's' : ''} ${absent.join(', ')} missing. ` +
        `Expected a CSV with the columns ${COLUMNS.join(', ')}.`,
    );
  }
  const rows: ViaRow[] = [];
  const skipped: SkippedRow[] = [];
  records.forEach((record, row) => {
    const cell = (column: (typeof COLUMNS)[number]) => record[at.get(column) as number];
    const [country, topic, value] = [cell('country')?.trim(), cell('topic')?.trim(), cell('value')?.trim()];
    const polarity = POLARITIES.get(cell('polarity')?.trim() ?? '');
    const raw = cell('generation_prompt');
    if (!country || !topic || !value || raw === undefined) {
      skipped.push({ row, reason: 'a cell is missing: the file may be cut here' });
    } else if (!polarity) {
      skipped.push({ row, reason: `polarity "${cell('polarity')}" is neither positive nor negative` });
    } else {
      rows.push({ row, country, topic, value, polarity, raw });
    }
  });
  return { rows, skipped };
}
