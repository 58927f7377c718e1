/** From what the language features find to what LSP calls it. */
import {
  type CompletionItem,
  CompletionItemKind,
  type DocumentSymbol,
  type FoldingRange,
  type Hover,
  InsertTextFormat,
  InsertTextMode,
  type TextEdit as LspTextEdit,
  MarkupKind,
  type Position,
  SymbolKind,
} from 'vscode-languageserver/node';
import type { Completion } from '../language/completionModel';
import type { FoldingRange as FoundFolding } from '../language/folding';
import type { Hover as FoundHover } from '../language/hover';
import type { TextEdit } from '../language/model';
import type { OutlineEntry } from '../language/outline';
import type { QuickFix } from '../language/quickFixModel';
import { type SemanticToken, TOKEN_MODIFIERS, TOKEN_TYPES } from '../language/semanticTokens';
import type { TextBuffer } from '../language/textBuffer';

const COMPLETION_KINDS: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  country: CompletionItemKind.Constant,
  topic: CompletionItemKind.Constant,
  placeholder: CompletionItemKind.Variable,
  snippet: CompletionItemKind.Snippet,
};

const SYMBOL_KINDS: Readonly<Record<OutlineEntry['kind'], SymbolKind>> = {
  scenario: SymbolKind.Module,
  item: SymbolKind.Object,
  action: SymbolKind.Boolean,
};

export function toTextEdit({ range, text }: TextEdit, buffer: TextBuffer): LspTextEdit {
  return { range: buffer.rangeAt(range), newText: text };
}

/** Where the user goes on once the edits of a fix are made; undefined where it leaves nothing to be written. */
export function findPlaceToWrite({ edits: [edit], cursor }: QuickFix, buffer: TextBuffer): Position | undefined {
  if (!edit || cursor === undefined) return undefined;
  const start = buffer.positionAt(edit.range.start);
  const above = edit.text.slice(0, cursor - edit.range.start).split(/\r?\n/);
  const { length } = above.at(-1) ?? '';
  const lines = above.length - 1;
  return { line: start.line + lines, character: lines > 0 ? length : start.character + length };
}

/** @param takesSnippets whether the client understands tab stops; without them they are left out of the text */
export function toCompletionItem(found: Completion, buffer: TextBuffer, takesSnippets: boolean): CompletionItem {
  const { label, kind, detail, documentation, edit, isSnippet, filterText, sortText } = found;
  const text = isSnippet && !takesSnippets ? withoutTabStops(edit.text) : edit.text;
  return {
    label,
    kind: COMPLETION_KINDS[kind],
    ...(detail !== undefined && { detail }),
    ...(documentation !== undefined && { documentation }),
    filterText,
    sortText,
    insertTextFormat: isSnippet && takesSnippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    insertTextMode: InsertTextMode.asIs,
    textEdit: toTextEdit({ ...edit, text }, buffer),
  };
}

function withoutTabStops(snippet: string): string {
  return snippet
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\$\{?\d+\}?/g, '')
    .replace(/\\([\\$}])/g, '$1');
}

/** @param takesMarkdown whether the client shows it; the text comes from the file, so it is escaped */
export function toHover({ title, paragraphs, range }: FoundHover, buffer: TextBuffer, takesMarkdown: boolean): Hover {
  const contents = takesMarkdown
    ? {
        kind: MarkupKind.Markdown,
        value: [`**${escapeMarkdown(title)}**`, ...paragraphs.map(escapeMarkdown)].join('\n\n'),
      }
    : { kind: MarkupKind.PlainText, value: [title, ...paragraphs].join('\n\n') };
  return { contents, range: buffer.rangeAt(range) };
}

function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_{}[\]()#+\-.!|~>]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/\n/g, '  \n');
}

export function toDocumentSymbol(entry: OutlineEntry, buffer: TextBuffer): DocumentSymbol {
  const { name, detail, kind, range, nameRange, children } = entry;
  return {
    // The protocol forbids names of nothing but white space.
    name: name.trim() === '' ? '…' : name,
    ...(detail !== undefined && { detail }),
    kind: SYMBOL_KINDS[kind],
    range: buffer.rangeAt(range),
    selectionRange: buffer.rangeAt(nameRange),
    children: children.map((child) => toDocumentSymbol(child, buffer)),
  };
}

export function toFoldingRange({ startLine, endLine, kind }: FoundFolding): FoldingRange {
  return { startLine, endLine, ...(kind && { kind }) };
}

/** Five numbers a token, each place told from the one before; tokens from top to bottom. */
export class TokenEncoder {
  readonly data: number[] = [];
  private line = 0;
  private character = 0;

  constructor(private readonly buffer: TextBuffer) {}

  add(tokens: readonly SemanticToken[]): void {
    for (const { range, type, modifier } of tokens) {
      const { line, character } = this.buffer.positionAt(range.start);
      const behind = line === this.line ? this.character : 0;
      const bits = modifier === undefined ? 0 : 1 << TOKEN_MODIFIERS.indexOf(modifier);
      this.data.push(line - this.line, character - behind, range.end - range.start, TOKEN_TYPES.indexOf(type), bits);
      this.line = line;
      this.character = character;
    }
  }
}
