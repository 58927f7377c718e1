/** Everything that reviewers wrote below a folder, read anew each time: files are merged and edited by hand. */
import path from 'node:path';
import * as vscode from 'vscode';
import { foldRatings, RATING_FILE_SUFFIX } from '../../core/review/ratingFile';
import type { ReviewFile } from '../../core/review/recordFile';
import { type ReviewReport, reportReview } from '../../core/review/report';
import { foldRisks, RISK_FILE_SUFFIX } from '../../core/review/risk';
import type { Log } from '../log';
import { relativeInside } from '../scenarios/insidePath';
import type { JudgementSuffix } from './judgementFile';

const EXCLUDED = '**/node_modules/**';

export class ReviewFolder {
  constructor(
    /** Absolute path. */
    readonly root: string,
    private readonly log: Pick<Log, 'warn'>,
  ) {}

  /** For people: the folder's name. */
  get name(): string {
    return path.basename(this.root);
  }

  /** A file of the folder as people call it. */
  nameOf(file: string): string {
    return relativeInside(this.root, file) ?? file;
  }

  async readRatings() {
    return foldRatings(await this.readFiles(RATING_FILE_SUFFIX));
  }

  async readRisks() {
    return foldRisks(await this.readFiles(RISK_FILE_SUFFIX));
  }

  async report(): Promise<ReviewReport> {
    const [ratings, risks] = await Promise.all([this.readRatings(), this.readRisks()]);
    return reportReview(ratings, risks);
  }

  /** A file that cannot be read is named in the log and left out. */
  private async readFiles(suffix: JudgementSuffix): Promise<ReviewFile[]> {
    const pattern = new vscode.RelativePattern(vscode.Uri.file(this.root), `**/*${suffix}`);
    const uris = await vscode.workspace.findFiles(pattern, EXCLUDED);
    const files = await Promise.all(
      uris.map(async (uri): Promise<ReviewFile[]> => {
        try {
          const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
          return [{ path: this.nameOf(uri.fsPath), text }];
        } catch (error) {
          this.log.warn(`${uri.fsPath} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
          return [];
        }
      }),
    );
    return files.flat().sort((a, b) => (a.path < b.path ? -1 : 1));
  }
}
