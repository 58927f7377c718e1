/** `review report`: what reviewers found, as tables to read, as JSON, or as CSV files. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { DEFAULT_BOOTSTRAP } from '../core/metrics/bootstrap';
import { foldRatings } from '../core/review/ratingFile';
import type { ReviewProblem } from '../core/review/recordFile';
import { type ReviewReport, reportReview } from '../core/review/report';
import { foldRisks } from '../core/review/risk';
import { formatCount } from '../display/numbers';
import type { ReportTable } from '../display/reportTables';
import { describeChoice, describeConflict } from '../display/reviewSentences';
import {
  narrowRatings,
  tabulateReview,
  tabulateReviewGroups,
  tabulateRisks,
  tabulateVariants,
} from '../display/reviewTables';
import { integer } from './optionValues';
import { readReviewFiles } from './reviewFiles';
import { formatTable, writeTables } from './tableOutput';
import { toOneTerminalLine } from './terminalText';
import { UsageError } from './usageError';

interface ReviewReportOptions {
  readonly seed: number;
  readonly json?: boolean;
  readonly csv?: string;
}

export function addReviewCommand(program: Command): void {
  program
    .command('review')
    .description("Reviewers' ratings of actions.")
    .command('report')
    .description('Means, majority votes and kappa with intervals, the best variant, and risks where they were coded.')
    .argument('<dir>', 'folder with *.ratings.jsonl and *.risks.jsonl, also in folders below it')
    .option('--seed <n>', 'seed of the bootstrap intervals', integer(0, 2 ** 31 - 1), DEFAULT_BOOTSTRAP.seed)
    .option('--json', 'print one JSON object')
    .option('--csv <dir>', 'write each table as a CSV file into a folder')
    .action((folder: string, { seed, json, csv }: ReviewReportOptions) => {
      const report = reportFolder(folder, seed);
      if (csv !== undefined) writeTables(listTables(report), resolve(csv));
      if (json) console.log(JSON.stringify(report));
      else if (csv === undefined) console.log(formatReview(report));
    });
}

/** What cannot be counted, or is counted with a doubt, is said on standard error. */
function reportFolder(folder: string, seed: number): ReviewReport {
  const files = readReviewFiles(folder);
  const ratings = foldRatings(files.ratings);
  const risks = foldRisks(files.risks);
  const report = reportReview(ratings, risks, { ...DEFAULT_BOOTSTRAP, seed });
  say(files.passedBy);
  say(report.problems.map(describeProblem));
  say(report.conflicts.map(describeConflict));
  if (ratings.ratings.length + risks.risks.length > 0) return report;
  const read = formatCount(files.ratings.length + files.risks.length, 'file');
  throw new UsageError(
    `${folder}: no line of the ${read} can be read as a rating or a risk coding. Look at the lines named above, or restore the files.`,
  );
}

function describeProblem({ path, line, kind, reason }: ReviewProblem): string {
  return kind === 'merge' ? `${path}:${line}: ${reason}. Resolve it.` : `${path}:${line}: left out: ${reason}.`;
}

const SHOWN = 50;

function say(lines: readonly string[]): void {
  for (const line of lines.slice(0, SHOWN)) console.error(toOneTerminalLine(line));
  if (lines.length > SHOWN) console.error(`… and ${lines.length - SHOWN} more like these; --json lists all.`);
}

function listTables(report: ReviewReport): ReportTable[] {
  return [
    tabulateReview(report),
    ...tabulateReviewGroups(report),
    tabulateVariants(report),
    ...(report.risks ? [tabulateRisks(report.risks)] : []),
  ];
}

function formatReview(report: ReviewReport): string {
  const parts: string[] = [];
  if (report.ratings > 0) {
    const groups = tabulateReviewGroups(report).filter(({ rows }) => new Set(rows.map(([name]) => name)).size > 1);
    const variants = tabulateVariants(report);
    parts.push(
      ...[tabulateReview(report), ...groups].map(narrowRatings).map(formatTable),
      ...(variants.rows.length > 1 ? [formatTable(variants)] : []),
      describeChoice(report.choice).join('\n'),
    );
  }
  if (report.risks) parts.push(formatTable(tabulateRisks(report.risks)), describeCoders(report.risks));
  return parts.join('\n\n');
}

function describeCoders({ reviewers, kappa, agreement }: NonNullable<ReviewReport['risks']>): string {
  const who = `Coded by ${formatCount(reviewers.length, 'reviewer')}; an item counts for what most of them saw.`;
  if (kappa.value === null || agreement === null) return who;
  return `${who} On ${formatCount(kappa.used, 'item')} coded twice or more they agree in ${agreement.toFixed(3)} of pairs, Fleiss' kappa ${kappa.value.toFixed(3)}.`;
}
