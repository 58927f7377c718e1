/** Quick fixes as code actions, and all the safe ones at once. */
import { type CodeAction, CodeActionKind, type CodeActionParams, type Diagnostic } from 'vscode-languageserver/node';
import type { Problem, TextRange } from '../core/scenario/model';
import type { OpenDocument, ReadableFile } from '../language/documents';
import type { TextEdit } from '../language/model';
import { collectDefinitions, computeQuickFixes, fixAll } from '../language/quickFixes';
import { toTextEdit } from './lspShapes';

/** Problems that one request looks at; the rest comes when these are fixed. */
const LIMIT = 1_000;

export const CODE_ACTION_KINDS = [CodeActionKind.QuickFix, CodeActionKind.SourceFixAll];

export function findCodeActions(
  { context, range }: CodeActionParams,
  document: OpenDocument,
  file: ReadableFile,
): CodeAction[] {
  const wants = (kind: string) =>
    !context.only || context.only.some((one) => kind === one || kind.startsWith(`${one}.`));
  const actions: CodeAction[] = [];
  const edit = (edits: readonly TextEdit[]) => ({
    changes: { [document.uri]: edits.map((one) => toTextEdit(one, document.buffer)) },
  });
  if (wants(CodeActionKind.QuickFix)) {
    const place = { start: document.buffer.offsetAt(range.start), end: document.buffer.offsetAt(range.end) };
    const here = file.problems.filter((problem) => touches(problem.range, place)).slice(0, LIMIT);
    for (const { title, problem, edits, isPreferred } of computeQuickFixes(file, here, collectDefinitions([file]))) {
      const diagnostics = context.diagnostics.filter((diagnostic) => isAbout(diagnostic, problem));
      actions.push({ title, kind: CodeActionKind.QuickFix, isPreferred, diagnostics, edit: edit(edits) });
    }
  }
  // Told apart from the fixes of one place: whoever asks for everything says so.
  if (context.only && wants(CodeActionKind.SourceFixAll)) {
    const edits = fixAll(file, file.problems.slice(0, LIMIT));
    if (edits.length > 0) {
      actions.push({ title: 'Fix all safe problems', kind: CodeActionKind.SourceFixAll, edit: edit(edits) });
    }
  }
  return actions;
}

function isAbout({ code, message }: Diagnostic, problem: Problem): boolean {
  return code === problem.code && message === problem.message;
}

function touches(a: TextRange, b: TextRange): boolean {
  return a.start <= b.end && b.start <= a.end;
}
