/** What an offset of a scenario file means to somebody who writes there. */
import type { TextRange } from '../core/scenario/model';
import type { SchemaPath } from '../core/scenario/schemaPaths';

export interface Cursor {
  /** For a key or an entry: the map or list that it belongs to. For a value: the value's own path. List positions are 0. */
  readonly path: SchemaPath;
  /** `entry`: between the entries of a list in block style, where a dash can stand. */
  readonly slot: 'key' | 'value' | 'entry';
  /** What is written there, quotes included; empty at the offset where nothing is. */
  readonly range: TextRange;
  /** The other keys of the map that holds the key or the value. */
  readonly present: ReadonlyMap<string, TextRange>;
  /** `json` for a document in brackets, where keys and texts stand in quotes. */
  readonly notation: 'block' | 'flow' | 'json';
  /** Whether a colon follows the key. */
  readonly closed: boolean;
  /** In block style: the column of the map's keys, or of the list's dashes. */
  readonly column: number;
  /** The line is blank, or indented otherwise than its block: its white space is to be replaced up to here. */
  readonly lineStart?: number;
}
