/** Puts the white space of a file in order and keeps all that somebody wrote, comments and line ends included. */
import { isFlow, splitDocuments } from '../core/scenario/pieces';
import { startOfLine } from './blockLines';
import { formatJson } from './formattingJson';
import { formatYaml } from './formattingYaml';
import type { TextEdit } from './model';

/**
 * One edit for each document that changes, of the lines that change. Two spaces a level. A document with broken syntax
 * is left as it is, and so is one in brackets that is no JSON. Formatting twice is formatting once. Never throws.
 *
 * The server answers textDocument/formatting; on a large file (10 MB) it takes seconds, so it should be refused there.
 */
export function computeFormatting(text: string): TextEdit[] {
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  return splitDocuments(text).flatMap(({ start, end }) => {
    const source = text.slice(start, end);
    const mark = source.startsWith('\uFEFF') ? '\uFEFF' : '';
    const plain = source.slice(mark.length).replaceAll('\r\n', '\n');
    const isLast = end === text.length;
    const formatted = isFlow(plain) ? formatJson(plain) : formatYaml(plain);
    if (formatted === undefined) return [];
    // A blank line between documents is somebody's wish.
    const gap = !isLast && /\n[ \t]*\n\s*$/.test(plain) ? '\n' : '';
    const wanted = mark + (formatted + gap).replaceAll('\n', lineBreak);
    return wanted === source ? [] : [narrow(start, source, wanted)];
  });
}

/** Leaves out the lines at both ends that stay as they are, so that cursors and folds in them do too. */
function narrow(start: number, source: string, wanted: string): TextEdit {
  const limit = Math.min(source.length, wanted.length);
  let ahead = 0;
  while (ahead < limit && source[ahead] === wanted[ahead]) ahead++;
  ahead = startOfLine(source, ahead);
  let behind = 0;
  while (behind < limit - ahead && source.at(-1 - behind) === wanted.at(-1 - behind)) behind++;
  // Back to the end of a line in both, at its line break.
  const rest = source.slice(source.length - behind);
  const lineEnd = rest.search(/\r?\n/);
  behind = lineEnd < 0 ? 0 : rest.length - lineEnd;
  return {
    range: { start: start + ahead, end: start + source.length - behind },
    text: wanted.slice(ahead, wanted.length - behind),
  };
}
