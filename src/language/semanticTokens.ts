/** What the grammar cannot know: which words of an action are attributed to its value, and the names of the 56. */
import type { TextRange, ValueAction } from '../core/scenario/model';
import { findValue } from '../core/values';
import type { OpenScenarioFile } from './model';
import { spansIn } from './spans';

/**
 * The legend, in the order that the numbers of LSP count in. package.json contributes `attribution` as a
 * semanticTokenType with superType `string`, and in semanticTokenScopes for language `value-action-scenario` maps
 * `attribution.agree`, `attribution.disagree` and `value` to scopes of the themes.
 */
export const TOKEN_TYPES = ['attribution', 'value'] as const;
export const TOKEN_MODIFIERS = ['agree', 'disagree'] as const;

export interface SemanticToken {
  /** On one line, inside the text. */
  readonly range: TextRange;
  readonly type: (typeof TOKEN_TYPES)[number];
  readonly modifier?: (typeof TOKEN_MODIFIERS)[number];
}

/**
 * Top to bottom, none over another: of spans that overlap the first keeps what both hold. Never throws.
 *
 * @param within only items that touch it, as for semanticTokens/range; an editor asks for what is in sight
 */
export function computeSemanticTokens(
  { text, scenarios }: Pick<OpenScenarioFile, 'text' | 'scenarios'>,
  within: TextRange = { start: 0, end: text.length },
): SemanticToken[] {
  const tokens: SemanticToken[] = [];
  for (const { range, items } of scenarios) {
    if (!touches(range, within)) continue;
    for (const item of items) {
      if (!touches(item.range, within)) continue;
      if (findValue(item.value) && isOneLine(text, item.valueRange))
        tokens.push({ range: item.valueRange, type: 'value' });
      for (const modifier of TOKEN_MODIFIERS) {
        const action = item[modifier];
        const spans = action ? findSpans(text, action) : [];
        tokens.push(...spans.map((span) => ({ range: span, type: 'attribution' as const, modifier })));
      }
    }
  }
  return withoutOverlaps(tokens);
}

function findSpans(text: string, { actionRange, attributions }: ValueAction): TextRange[] {
  // An alias repeats a text that stands elsewhere, where it has its tokens.
  if (isAlias(text, actionRange)) return [];
  return attributions.flatMap((span) => spansIn(text, actionRange, span));
}

function withoutOverlaps(tokens: SemanticToken[]): SemanticToken[] {
  const kept: SemanticToken[] = [];
  let last = 0;
  for (const token of tokens.sort((a, b) => a.range.start - b.range.start || b.range.end - a.range.end)) {
    const start = Math.max(token.range.start, last);
    if (start >= token.range.end) continue;
    kept.push({ ...token, range: { start, end: token.range.end } });
    last = token.range.end;
  }
  return kept;
}

/** And no alias. */
function isOneLine(text: string, { start, end }: TextRange): boolean {
  return !isAlias(text, { start, end }) && !text.slice(start, end).includes('\n');
}

function isAlias(text: string, { start }: TextRange): boolean {
  return text[start] === '*';
}

function touches(a: TextRange, b: TextRange): boolean {
  return a.start <= b.end && b.start <= a.end;
}
