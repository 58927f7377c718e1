/** Answers what an editor asks about a place in a document, or about all of it. */
import {
  type ClientCapabilities,
  type Connection,
  LSPErrorCodes,
  ResponseError,
  type SemanticTokens,
  type ServerCapabilities,
  type TextDocumentPositionParams,
} from 'vscode-languageserver/node';
import { computeCompletions } from '../language/completion';
import type { OpenDocument, ReadableFile } from '../language/documents';
import { computeFolding } from '../language/folding';
import { computeFormatting } from '../language/formatting';
import { computeHover } from '../language/hover';
import { computeOutline } from '../language/outline';
import { findReferences, findValueAt } from '../language/references';
import { computeSemanticTokens, type SemanticToken, TOKEN_MODIFIERS, TOKEN_TYPES } from '../language/semanticTokens';
import { runInSlices } from '../language/slices';
import { CODE_ACTION_KINDS, findCodeActions } from './codeActions';
import { encodeTokens, toCompletionItem, toDocumentSymbol, toFoldingRange, toHover, toTextEdit } from './lspShapes';
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

/** @param client what the client said of itself, known from its first request on */
export function serveFeatures(
  connection: Connection,
  documents: OpenDocuments,
  workspace: WorkspaceFiles,
  client: () => ClientCapabilities | undefined,
): void {
  const at = ({ textDocument, position }: TextDocumentPositionParams) => {
    const document = documents.find(textDocument.uri);
    return document && { document, file: document.file, offset: document.buffer.offsetAt(position) };
  };

  connection.onCompletion((params) => {
    const place = at(params);
    if (!place) return [];
    const takesSnippets = client()?.textDocument?.completion?.completionItem?.snippetSupport === true;
    const isJson = params.textDocument.uri.endsWith('.json');
    return computeCompletions(place.file, place.offset, isJson).map((found) =>
      toCompletionItem(found, place.document.buffer, takesSnippets),
    );
  });

  connection.onHover((params) => {
    const place = at(params);
    const found = place && computeHover(place.file, place.offset);
    const takesMarkdown = client()?.textDocument?.hover?.contentFormat?.includes('markdown') === true;
    return found ? toHover(found, place.document.buffer, takesMarkdown) : null;
  });

  connection.onDocumentSymbol(async ({ textDocument }) => {
    const latest = await documents.readLatest(textDocument.uri);
    return latest ? computeOutline(latest.file).map((entry) => toDocumentSymbol(entry, latest.document.buffer)) : [];
  });

  connection.onFoldingRanges(({ textDocument }) => {
    const document = documents.find(textDocument.uri);
    return document ? computeFolding(document.file.text).map(toFoldingRange) : [];
  });

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
    return latest ? findCodeActions(params, latest.document, latest.file) : [];
  });

  connection.languages.semanticTokens.on(async ({ textDocument }) => {
    const latest = await documents.readLatest(textDocument.uri);
    return latest ? readTokens(latest.document, latest.file, documents) : { data: [] };
  });

  connection.languages.semanticTokens.onRange(async ({ textDocument, range }) => {
    const latest = await documents.readLatest(textDocument.uri);
    if (!latest) return { data: [] };
    const { buffer } = latest.document;
    const within = { start: buffer.offsetAt(range.start), end: buffer.offsetAt(range.end) };
    return { data: encodeTokens(computeSemanticTokens(latest.file, within), buffer) };
  });
}

/** In UTF-16 units; formatting reads everything anew and cannot be interrupted, so a longer file would stop the rest. */
const LONGEST_TO_FORMAT = 1_000_000;

/** Items whose tokens are looked for at a time. */
const PORTION = 50;

/** All tokens of a file, in slices: a long one has tens of thousands. */
async function readTokens(
  document: OpenDocument,
  file: ReadableFile,
  documents: OpenDocuments,
): Promise<SemanticTokens> {
  const tokens: SemanticToken[] = [];
  function* portions(): Generator<void> {
    for (const scenario of file.scenarios) {
      for (let at = 0; at < scenario.items.length; at += PORTION) {
        const items = scenario.items.slice(at, at + PORTION);
        tokens.push(...computeSemanticTokens({ text: file.text, scenarios: [{ ...scenario, items }] }));
        yield;
      }
    }
  }
  const isDone = await runInSlices(portions(), () => documents.isCurrent(document, file));
  // The editor asks again after a change; what was found until then belongs to the old text.
  return { data: isDone ? encodeTokens(tokens, document.buffer) : [] };
}
