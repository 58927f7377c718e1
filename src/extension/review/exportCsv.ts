/** "Save as CSV…" of the results page. */
import * as vscode from 'vscode';
import type { ReviewReport } from '../../core/review/report';
import { formatReviewCsv, type ReviewResults } from './reviewCsv';

/** @throws Error where the file cannot be written. */
export async function exportCsv(report: ReviewReport, of: ReviewResults, folder: string): Promise<void> {
  const destination = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save as CSV'),
    defaultUri: vscode.Uri.joinPath(vscode.Uri.file(folder), `${of}.csv`),
    filters: { CSV: ['csv'] },
  });
  if (!destination) return;
  await vscode.workspace.fs.writeFile(destination, new TextEncoder().encode(formatReviewCsv(report, of)));
}
