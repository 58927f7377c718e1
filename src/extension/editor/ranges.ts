/** From the parser's offsets to the editor's positions. */
import * as vscode from 'vscode';
import type { TextRange } from '../../core/scenario/model';

export function rangeOf(document: vscode.TextDocument, { start, end }: TextRange): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

/** A page above and below what is seen, so that scrolling does not outrun the marks. */
const MARGIN_LINES = 60;

/** The same of offsets, which is quicker to ask for thousands of items. */
export function offsetsInSight({ document, visibleRanges }: vscode.TextEditor): (offset: number) => boolean {
  const spans = visibleRanges.map(({ start, end }) => ({
    start: document.offsetAt(new vscode.Position(Math.max(0, start.line - MARGIN_LINES), 0)),
    end: document.offsetAt(new vscode.Position(end.line + MARGIN_LINES + 1, 0)),
  }));
  return (offset) => spans.some(({ start, end }) => offset >= start && offset <= end);
}

export function visibleOnly({ visibleRanges }: vscode.TextEditor): (range: vscode.Range) => boolean {
  return ({ end }) =>
    visibleRanges.some(
      (visible) => end.line >= visible.start.line - MARGIN_LINES && end.line <= visible.end.line + MARGIN_LINES,
    );
}
