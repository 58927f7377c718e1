/** Answers what an editor asks about a place in a document, or about all of it. */
import {
  type Connection,
  type DocumentSymbol,
  LSPErrorCodes,
  ResponseError,
  type ServerCapabilities,
  type TextDocumentPositionParams,
} from 'vscode-languageserver/node';
import { computeCompletions } from '../language/completion';
import type { ReadableFile } from '../language/documents';
import { FOLDING_LIMIT, FoldingFinder } from '../language/folding';
import { computeFormatting } from '../language/formatting';
import { computeHover } from '../language/hover';
import { computeOutline } from '../language/outline';
import { findReferences, findValueAt } from '../language/references';
import { computeSemanticTokens, type SemanticToken, TOKEN_MODIFIERS, TOKEN_TYPES } from '../language/semanticTokens';
import type { TextBuffer } from '../language/textBuffer';
import type { Client } from './client';
import { CODE_ACTION_KINDS, findCodeActions } from './codeActions';
import { TokenEncoder, toCompletionItem, toDocumentSymbol, toFoldingRange, toHover, toTextEdit } from './lspShapes';
import type { OpenDocuments } from './openDocuments';
import type { WorkspaceFiles } from './workspaceFiles';

export const FEATURE_CAPABILITIES: ServerCapabilities = {
  completionProvider: { triggerCharacters: ['-', ':', ' ', '"', '{'] },
  hoverProvider: true,
  documentSymbolProvider: true,
  foldingRangeProvider: true,
  referencesProvider: true,
  documentFormattingProvider: true,
  codeActionProvider: { codeActionKinds: CODE_ACTION_KINDS },
  semanticTokensProvider: {
    legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...TOKEN_MODIFIERS] },
    full: true,
    range: true,
  },
};

/** @param client what the client said of itself in its first request */
export function serveFeatures(
  connection: Connection,
  documents: OpenDocuments,
  workspace: WorkspaceFiles,
  client: () => Client,
): void {
  const at = ({ textDocument, position }: TextDocumentPositionParams) => {
    const document = documents.find(textDocument.uri);
    return document && { document, file: document.file, offset: document.buffer.offsetAt(position) };
  };

  connection.onCompletion((params) => {
    const place = at(params);
    if (!place) return [];
    const takesSnippets = client().capabilities.textDocument?.completion?.completionItem?.snippetSupport === true;
    const isJson = params.textDocument.uri.endsWith('.json');
    return computeCompletions(place.file, place.offset, isJson).map((found) =>
      toCompletionItem(found, place.document.buffer, takesSnippets),
    );
  });

  connection.onHover((params) => {
    const place = at(params);
    const found = place && computeHover(place.file, place.offset);
    const takesMarkdown = client().capabilities.textDocument?.hover?.contentFormat?.includes('markdown') === true;
    return found ? toHover(found, place.document.buffer, takesMarkdown) : null;
  });

  connection.onDocumentSymbol(({ textDocument }, token) =>
    documents.workOnLatest(textDocument.uri, token, ({ buffer }, file) => {
      const symbols: DocumentSymbol[] = [];
      return { steps: findSymbols(file, buffer, symbols), finish: () => symbols };
    }),
  );

  connection.onFoldingRanges(({ textDocument }, token) =>
    documents.workOnLatest(textDocument.uri, token, (_, { text }) => {
      const finder = new FoldingFinder(text);
      const limit = client().capabilities.textDocument?.foldingRange?.rangeLimit ?? FOLDING_LIMIT;
      return { steps: finder.find(), finish: () => finder.list(limit).map(toFoldingRange) };
    }),
  );

  connection.onDocumentFormatting(({ textDocument }) => {
    const document = documents.find(textDocument.uri);
    if (!document) return [];
    const { text } = document.file;
    if (text.length > LONGEST_TO_FORMAT) {
      const message = `This file is longer than the ${LONGEST_TO_FORMAT} characters that are formatted at once. Split it into several files.`;
      return new ResponseError(LSPErrorCodes.RequestFailed, message);
    }
    return computeFormatting(text).map((edit) => toTextEdit(edit, document.buffer));
  });

  connection.onReferences(async (params) => {
    const place = at(params);
    const named = place && findValueAt(place.file, place.offset);
    if (!named) return [];
    const files = await workspace.list();
    const buffers = new Map(files.map(({ uri, buffer }) => [uri, buffer]));
    return findReferences(files, named.value).flatMap(({ uri, range }) => {
      const buffer = buffers.get(uri);
      return buffer ? [{ uri, range: buffer.rangeAt(range) }] : [];
    });
  });

  connection.onCodeAction(async (params) => {
    const latest = await documents.readLatest(params.textDocument.uri);
    return latest ? findCodeActions(params, latest, workspace, client().writeHere) : [];
  });

  connection.languages.semanticTokens.on(async ({ textDocument }, token) => {
    const found = await documents.workOnLatest(textDocument.uri, token, ({ buffer }, file) => {
      const encoder = new TokenEncoder(buffer);
      return { steps: findTokens(file, (tokens) => encoder.add(tokens)), finish: () => encoder.data };
    });
    return { data: found ?? [] };
  });

  connection.languages.semanticTokens.onRange(async ({ textDocument, range }) => {
    const latest = await documents.readLatest(textDocument.uri);
    if (!latest) return { data: [] };
    const { buffer } = latest.document;
    const within = { start: buffer.offsetAt(range.start), end: buffer.offsetAt(range.end) };
    const encoder = new TokenEncoder(buffer);
    encoder.add(computeSemanticTokens(latest.file, within));
    return { data: encoder.data };
  });
}

/** In UTF-16 units; formatting reads everything anew and cannot be interrupted, so a longer file would stop the rest. */
const LONGEST_TO_FORMAT = 1_000_000;

/** Items that are looked at in one step. */
const PORTION = 50;

/** The outline of a file, in steps: one scenario may have thousands of items. */
function* findSymbols(file: ReadableFile, buffer: TextBuffer, symbols: DocumentSymbol[]): Generator<void> {
  yield* file.read();
  // Building them takes a moment of its own.
  const { scenarios } = file;
  yield;
  for (const { children, ...scenario } of computeOutline({ scenarios })) {
    const symbol = toDocumentSymbol({ ...scenario, children: [] }, buffer);
    const below: DocumentSymbol[] = [];
    symbols.push({ ...symbol, children: below });
    for (const [at, child] of children.entries()) {
      below.push(toDocumentSymbol(child, buffer));
      if (at % PORTION === PORTION - 1) yield;
    }
    yield;
  }
}

/** All tokens of a file, in steps: a long one has tens of thousands. */
function* findTokens(file: ReadableFile, tell: (tokens: readonly SemanticToken[]) => void): Generator<void> {
  yield* file.read();
  for (const scenario of file.scenarios) {
    for (let at = 0; at < scenario.items.length; at += PORTION) {
      const items = scenario.items.slice(at, at + PORTION);
      tell(computeSemanticTokens({ text: file.text, scenarios: [{ ...scenario, items }] }));
      yield;
    }
  }
}
