/** From the parser's offsets to the editor's positions. */
import * as vscode from 'vscode';
import type { TextRange } from '../../core/scenario/model';

export function rangeOf(document: vscode.TextDocument, { start, end }: TextRange): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

/** A page above and below what is seen, so that scrolling does not outrun the marks. */
const MARGIN_LINES = 60;

export function visibleOnly({ visibleRanges }: vscode.TextEditor): (range: vscode.Range) => boolean {
  return ({ end }) =>
    visibleRanges.some(
      (visible) => end.line >= visible.start.line - MARGIN_LINES && end.line <= visible.end.line + MARGIN_LINES,
    );
}
