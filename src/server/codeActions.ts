/** Quick fixes as code actions, and all the safe ones at once. */
import { type CodeAction, CodeActionKind, type CodeActionParams, type Diagnostic } from 'vscode-languageserver/node';
import type { Problem, TextRange } from '../core/scenario/model';
import type { OpenDocument, ReadableFile } from '../language/documents';
import type { ScenarioWorkspace, TextEdit } from '../language/model';
import { collectDefinitions, computeQuickFixes, fixAll } from '../language/quickFixes';
import type { FindDefinition } from '../language/quickFixModel';
import { findPlaceToWrite, toTextEdit } from './lspShapes';

/** Problems that one request looks at; the rest comes when these are fixed. */
const LIMIT = 1_000;

export const CODE_ACTION_KINDS = [CodeActionKind.QuickFix, CodeActionKind.SourceFixAll];

/**
 * @param writeHere the client's command that puts the cursor where the user goes on; without it the edit is all
 */
export async function findCodeActions(
  { context, range }: CodeActionParams,
  { document, file }: { readonly document: OpenDocument; readonly file: ReadableFile },
  workspace: ScenarioWorkspace,
  writeHere: string | undefined,
): Promise<CodeAction[]> {
  const { uri, buffer } = document;
  const wants = (kind: string) =>
    !context.only || context.only.some((one) => kind === one || kind.startsWith(`${one}.`));
  const actions: CodeAction[] = [];
  const edit = (edits: readonly TextEdit[]) => ({ changes: { [uri]: edits.map((one) => toTextEdit(one, buffer)) } });
  if (wants(CodeActionKind.QuickFix)) {
    const place = { start: buffer.offsetAt(range.start), end: buffer.offsetAt(range.end) };
    const here = file.problems.filter((problem) => touches(problem.range, place)).slice(0, LIMIT);
    for (const fix of computeQuickFixes(file, here, await findDefinitions(here, file, workspace))) {
      const { title, problem, edits, isPreferred } = fix;
      const next = writeHere === undefined ? undefined : findPlaceToWrite(fix, buffer);
      actions.push({
        title,
        kind: CodeActionKind.QuickFix,
        isPreferred,
        diagnostics: context.diagnostics.filter((diagnostic) => isAbout(diagnostic, problem)),
        edit: edit(edits),
        ...(writeHere !== undefined && next && { command: { title, command: writeHere, arguments: [uri, next] } }),
      });
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

/** What other items say of their own values: those of this file first, then those of the workspace. */
async function findDefinitions(
  problems: readonly Problem[],
  file: ReadableFile,
  workspace: ScenarioWorkspace,
): Promise<FindDefinition> {
  const areWanted = problems.some(({ code }) => code === 'unknown-value' || code === 'unknown-definition');
  if (!areWanted) return () => undefined;
  const files = await workspace.list();
  return collectDefinitions([file, ...files.map((located) => located.file)]);
}

function isAbout({ code, message }: Diagnostic, problem: Problem): boolean {
  return code === problem.code && message === problem.message;
}

function touches(a: TextRange, b: TextRange): boolean {
  return a.start <= b.end && b.start <= a.end;
}
