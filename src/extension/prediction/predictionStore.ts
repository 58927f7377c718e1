/** The predictions on disk: those this window made and those the command line wrote. */
import * as vscode from 'vscode';
import { predictionDirectoryOf } from '../../engine/runDirectory';
import type { Log } from '../log';
import { RunFolder } from '../runs/runFolder';
import type { StoredPrediction } from './storedPrediction';

export interface PredictionStoreParts {
  /** The folders whose predictions are looked after. */
  readonly roots: { list(): readonly string[]; readonly whenListed: Promise<void> };
  readonly log: Log;
}

export class PredictionStore implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly folders = new Map<string, RunFolder>();
  private readonly predictions = new Map<string, StoredPrediction>();
  private looking: Promise<void> = Promise.resolve();

  constructor(private readonly parts: PredictionStoreParts) {}

  /** Newest first. */
  list(): readonly StoredPrediction[] {
    const startOf = ({ header }: StoredPrediction) => header.startedAt;
    return [...this.predictions.values()].sort((a, b) => startOf(b).localeCompare(startOf(a)));
  }

  get(path: string): StoredPrediction | undefined {
    return this.predictions.get(path);
  }

  /** Looks at the disk anew, one look after the other. Never throws: what cannot be read is named in the log. */
  refresh(): Promise<void> {
    this.looking = this.looking.then(() => this.look());
    return this.looking;
  }

  dispose(): void {
    this.changed.dispose();
  }

  private async look(): Promise<void> {
    await this.parts.roots.whenListed;
    const roots = this.parts.roots.list();
    let isChanged = false;
    for (const root of this.folders.keys()) if (!roots.includes(root)) this.folders.delete(root);
    for (const [path, { root }] of this.predictions) {
      if (!roots.includes(root)) isChanged = this.predictions.delete(path) || isChanged;
    }
    for (const root of roots) isChanged = (await this.lookAt(root)) || isChanged;
    if (isChanged) this.changed.fire();
  }

  private async lookAt(root: string): Promise<boolean> {
    const folder = this.folders.get(root) ?? new RunFolder(predictionDirectoryOf(root));
    this.folders.set(root, folder);
    const seen = await folder.look();
    if (!seen) return false;
    const gone = this.list().filter((known) => known.root === root && !seen.present.has(known.path));
    for (const { path } of gone) this.predictions.delete(path);
    for (const path of seen.changed) await this.read(path, root);
    return gone.length + seen.changed.length > 0;
  }

  private async read(path: string, root: string): Promise<void> {
    try {
      const { StoredPrediction } = await import('./storedPrediction');
      this.predictions.set(path, StoredPrediction.read(path, root));
    } catch (error) {
      this.predictions.delete(path);
      this.parts.log.warn(error instanceof Error ? error.message : String(error));
    }
  }
}
