/** Where a value occurs: in the items of all scenarios, across files. */
import type { TextRange } from '../core/scenario/model';
import { findCursor } from './findCursor';
import { nameOf } from './flowCursor';
import type { LocatedFile, OpenScenarioFile } from './model';

export interface Reference {
  readonly uri: string;
  /** The value's name. */
  readonly range: TextRange;
  /** The scenario that it stands in. */
  readonly scenario: string;
}

/** The value whose name is at an offset; undefined where none is. Never throws. */
export function findValueAt(
  source: Pick<OpenScenarioFile, 'text' | 'scenarioAt' | 'cutAt'>,
  offset: number,
): { readonly value: string; readonly range: TextRange } | undefined {
  const item = source
    .scenarioAt(offset)
    ?.items.find(({ valueRange }) => valueRange.start <= offset && offset <= valueRange.end);
  if (item) return { value: item.value, range: item.valueRange };
  const cursor = findCursor(source, offset);
  if (cursor?.slot !== 'value' || cursor.path.length !== 3 || cursor.path[2] !== 'value') return undefined;
  const value = toName(nameOf(source.text.slice(cursor.range.start, cursor.range.end)));
  return cursor.path[0] === 'items' && value !== '' ? { value, range: cursor.range } : undefined;
}

/**
 * File by file in the order given, each from top to bottom. Names are compared in lower case and without regard to
 * white space, so that a slip of the pen is found as well. Never throws.
 *
 * The server passes ScenarioWorkspace.list() and maps the ranges with each file's own lines.
 */
export function findReferences(
  files: readonly { readonly uri: string; readonly file: Pick<LocatedFile['file'], 'scenarios'> }[],
  value: string,
): Reference[] {
  const wanted = toName(value).toLowerCase();
  return files.flatMap(({ uri, file }) =>
    file.scenarios.flatMap((scenario) =>
      scenario.items
        .filter((item) => toName(item.value).toLowerCase() === wanted)
        .map((item) => ({ uri, range: item.valueRange, scenario: scenario.name })),
    ),
  );
}

function toName(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
