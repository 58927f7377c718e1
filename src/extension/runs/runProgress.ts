/** The one progress notification of a run, whatever the number of models. */
import * as vscode from 'vscode';
import { withoutLinks } from '../../display/plainText';
import type { RunEvent } from '../../engine/events';
import { describeProgress, type ModelProgress } from './describeProgress';

type Reporter = vscode.Progress<{ message?: string; increment?: number }>;

/** A wait is counted down. */
const TICK_MS = 1000;

export class CombinedProgress implements vscode.Disposable {
  private readonly runs = new Map<string, ModelProgress>();
  private shown = 0;
  private readonly tick: NodeJS.Timeout;

  constructor(private readonly reporter: Reporter) {
    this.tick = setInterval(() => {
      if ([...this.runs.values()].some(({ waiting }) => waiting)) this.show();
    }, TICK_MS);
  }

  /** @param run Its id; two runs may ask the same model. */
  add(run: string, progress: ModelProgress): void {
    this.runs.set(run, progress);
  }

  /** @param leftAlone Requests that the engine takes for settled and nobody has answered. */
  update(run: string, event: RunEvent, leftAlone: number): void {
    const before = this.runs.get(run);
    if (!before) return;
    if (event.type === 'progress') {
      const { done, failed, remainingMs } = event;
      this.runs.set(run, { ...before, done: done - leftAlone, failed, remainingMs, waiting: undefined });
    }
    if (event.type === 'waiting') {
      this.runs.set(run, { ...before, waiting: { untilMs: Date.now() + event.ms, reason: event.reason } });
      this.show();
    }
  }

  end(run: string): void {
    const before = this.runs.get(run);
    if (before) this.runs.set(run, { ...before, isOver: true, waiting: undefined });
    this.show();
  }

  show(): void {
    const all = [...this.runs.values()];
    const total = all.reduce((sum, progress) => sum + progress.total, 0);
    const done = all.reduce((sum, progress) => sum + (progress.isOver ? progress.total : progress.done), 0);
    const percent = total === 0 ? 100 : (done / total) * 100;
    const increment = Math.max(0, percent - this.shown);
    this.reporter.report({ message: withoutLinks(describeProgress(all, Date.now(), vscode.l10n.t)), increment });
    this.shown = Math.max(this.shown, percent);
  }

  dispose(): void {
    clearInterval(this.tick);
  }
}
