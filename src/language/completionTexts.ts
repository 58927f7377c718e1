/** The texts that are known in advance: the 56 values, the countries, the topics. */
import type { TextRange } from '../core/scenario/model';
import { COUNTRIES, TOPICS } from '../core/study';
import { VALUES } from '../core/values';
import type { CompletionSource, Proposal } from './completionModel';
import type { Cursor } from './cursor';
import { nameOf } from './flowCursor';
import { prepareInsertion, quoteLike } from './insertion';

export function completeTexts(source: CompletionSource, document: TextRange, cursor: Cursor): Proposal[] {
  if (cursor.slot !== 'value') return [];
  switch (cursor.path.map((step) => (typeof step === 'number' ? '-' : step)).join('.')) {
    case 'items.-.value':
      return completeValues(source, document, cursor);
    case 'country':
      return COUNTRIES.map((name) => ({ ...propose(source.text, cursor, name), kind: 'country' }));
    case 'topic':
      return TOPICS.map((name) => ({ ...propose(source.text, cursor, name), kind: 'topic' }));
    default:
      return [];
  }
}

/** By motivational type, as they are listed. */
function completeValues(source: CompletionSource, document: TextRange, cursor: Cursor): Proposal[] {
  const used = findUsedValues(source, document, cursor);
  return VALUES.filter(({ name }) => !used.has(name)).map((value) => ({
    ...propose(source.text, cursor, value.name),
    kind: 'value',
    detail: value.motivationalType,
    documentation: `${value.definition}\n\n${value.portrait}`,
  }));
}

function propose(text: string, cursor: Cursor, name: string): Omit<Proposal, 'kind'> {
  const { range, before, after } = prepareInsertion(text, cursor.range.start, cursor);
  const quoted = quoteLike(text.slice(cursor.range.start, cursor.range.end), cursor.notation, name);
  return {
    label: name,
    edit: { range, text: `${before}${quoted}${after}` },
    isSnippet: false,
    filterText: quoted,
  };
}

/** Those of the other items of the scenario. */
function findUsedValues(source: CompletionSource, document: TextRange, { range }: Cursor): Set<string> {
  const scenario = source.scenarioAt(range.start);
  const used = scenario
    ? scenario.items.map(({ value }) => value)
    : listWrittenValues(source.text.slice(document.start, document.end));
  const own = nameOf(source.text.slice(range.start, range.end));
  return new Set(used.filter((value) => value !== own));
}

/** Without a country and a topic there is no scenario yet, but its items may be there. */
function listWrittenValues(document: string): string[] {
  return Array.from(
    document.matchAll(/(?:^[ \t-]*|[{,]\s*)"?value"?[ \t]*:[ \t]*([^\n#,}]{1,200})/gm),
    ([, name = '']) => nameOf(name.trim()),
  );
}
