/** "Save as CSV…": every table of the results in one file, a row a group and metric. */
import Papa from 'papaparse';
import * as vscode from 'vscode';
import type { ReviewReport } from '../../core/review/report';
import type { ReportTable } from '../../display/reportTables';
import { tabulateReview, tabulateReviewGroups, tabulateRisks } from '../../display/reviewTables';

export async function exportCsv(report: ReviewReport, folder: string): Promise<void> {
  const name = report.ratings > 0 ? 'agreement.csv' : 'risks.csv';
  const destination = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save as CSV'),
    defaultUri: vscode.Uri.joinPath(vscode.Uri.file(folder), name),
    filters: { CSV: ['csv'] },
  });
  if (!destination) return;
  await vscode.workspace.fs.writeFile(destination, new TextEncoder().encode(formatReviewCsv(report)));
}

/** Ratings where there are some, else risks: the two have different columns. */
export function formatReviewCsv(report: ReviewReport): string {
  if (report.ratings === 0 && report.risks) return formatCsv(tabulateRisks(report.risks));
  const all = tabulateReview(report);
  return formatCsv({
    ...all,
    columns: [{ name: 'by', kind: 'text' }, { name: 'group', kind: 'text' }, ...all.columns],
    rows: [
      ...all.rows.map((row) => ['all', '', ...row]),
      ...tabulateReviewGroups(report).flatMap(({ columns: [by], rows }) => rows.map((row) => [by?.name ?? '', ...row])),
    ],
  });
}

/** Names are untrusted text: a cell that starts with = or @ must not become a formula in a spreadsheet. */
function formatCsv({ columns, rows }: ReportTable): string {
  const fields = columns.map(({ name }) => name);
  return `${Papa.unparse({ fields, data: rows.map((row) => [...row]) }, { escapeFormulae: true })}\n`;
}
