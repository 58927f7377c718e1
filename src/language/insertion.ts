/** How a text has to be written so that it fits where the cursor is: quotes, commas, indentation. */
import type { TextRange } from '../core/scenario/model';
import type { Cursor } from './cursor';

export interface Insertion {
  readonly range: TextRange;
  /** What has to stand before and behind what is inserted. */
  readonly before: string;
  readonly after: string;
}

/** The place of a new key, entry or text, with the white space and the commas that are missing around it. */
export function prepareInsertion(text: string, offset: number, cursor: Cursor): Insertion {
  const { range, notation, column, lineStart } = cursor;
  if (lineStart !== undefined) {
    const indent = ' '.repeat(column);
    const isThere = text.slice(lineStart, offset) === indent;
    return { range: isThere ? range : { start: lineStart, end: offset }, before: isThere ? '' : indent, after: '' };
  }
  const previous = text[range.start - 1] ?? '';
  if (notation === 'block') return { range, before: /[-:]/.test(previous) ? ' ' : '', after: '' };
  const behind = /\s*(\S?)/.exec(text.slice(range.end, range.end + 10_000))?.[1] ?? '';
  const ahead = /(\S?)\s*$/.exec(text.slice(Math.max(0, range.start - 10_000), range.start))?.[1] ?? '';
  const comma = cursor.closed || /^[{[,:]?$/.test(ahead) ? '' : ', ';
  const space = previous === ':' ? ' ' : '';
  return { range, before: comma || space, after: cursor.closed || /^[}\],]?$/.test(behind) ? '' : ',' };
}

/** A text as a scalar, in the quotes it has already; JSON has to have them. */
export function quoteLike(written: string, notation: Cursor['notation'], value: string): string {
  if (notation === 'json' || written.startsWith('"')) return JSON.stringify(value);
  if (written.startsWith("'") || needsQuotes(value, notation)) return `'${value.replaceAll("'", "''")}'`;
  return value;
}

/** Whether YAML would read something else than this text, were it written plainly. */
export function needsQuotes(value: string, notation: Cursor['notation'] = 'block'): boolean {
  if (/^[\s\-?:,[\]{}#&*!|>'"%@`]|:(?:\s|$)|\s#|[\r\n\t]|\s$|^$/.test(value)) return true;
  if (notation !== 'block' && /[,[\]{}]/.test(value)) return true;
  return /^(?:~|null|true|false|[-+.\d][\d_.eExXoa-fA-F+-]*|\.inf|\.nan)$/i.test(value);
}
