/** What reviewers found as one CSV text. */
import Papa from 'papaparse';
import type { ReviewReport } from '../../core/review/report';
import type { ReportTable } from '../../display/reportTables';
import { tabulateReview, tabulateReviewGroups, tabulateRisks } from '../../display/reviewTables';

export type ReviewResults = 'agreement' | 'risks';

/** A row a group and metric, or a row a type of risk; empty where nothing was judged. */
export function formatReviewCsv(report: ReviewReport, of: ReviewResults): string {
  if (of === 'risks') return report.risks ? formatCsv(tabulateRisks(report.risks)) : '';
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
