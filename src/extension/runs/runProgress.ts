/** The one progress notification of a run, whatever the number of models. */
import * as vscode from 'vscode';
import { formatDuration } from '../../display/numbers';
import { shortenModelId } from '../../display/sentences';
import type { RunProgress } from '../../engine/events';

type Reporter = vscode.Progress<{ message?: string; increment?: number }>;

export class CombinedProgress {
  private readonly byModel = new Map<string, RunProgress>();
  private shown = 0;

  constructor(
    private readonly reporter: Reporter,
    /** Requests to each model. */
    private readonly totals: ReadonlyMap<string, number>,
  ) {}

  update(model: string, progress: RunProgress): void {
    this.byModel.set(model, progress);
  }

  note(model: string, message: string): void {
    this.reporter.report({ message: `${shortenModelId(model)}: ${message}` });
  }

  show(): void {
    const all = [...this.byModel.values()];
    const total = [...this.totals.values()].reduce((sum, count) => sum + count, 0);
    const done = all.reduce((sum, progress) => sum + progress.done, 0);
    const percent = total === 0 ? 100 : (done / total) * 100;
    this.reporter.report({ message: this.describe(), increment: Math.max(0, percent - this.shown) });
    this.shown = Math.max(this.shown, percent);
  }

  private describe(): string {
    const counts = [...this.totals].map(([model, total]) => {
      const done = this.byModel.get(model)?.done ?? 0;
      return `${shortenModelId(model)} ${done}/${total}`;
    });
    const remaining = [...this.byModel.values()].map(({ remainingMs }) => remainingMs).filter((ms) => ms !== null);
    const slowest = Math.max(...remaining);
    if (remaining.length === 0 || slowest <= 0) return counts.join(' · ');
    return [...counts, vscode.l10n.t('about {0} left', formatDuration(slowest))].join(' · ');
  }
}
