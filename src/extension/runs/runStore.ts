/**
 * The runs on disk: those this window made and those the command line wrote. Headers are read first, observations
 * when somebody asks for a result. Answers nothing about the text on screen; `ResultsOnScreen` does.
 */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { CompactObservations } from '../../core/runs/compactObservations';
import type { RunHeader } from '../../core/runs/record';
import type { KnownTexts } from '../../engine/knownTexts';
import { batchFileOf, runDirectoryOf } from '../../engine/runDirectory';
import type { Log } from '../log';
import { throttle } from '../throttle';
import { RunFolder } from './runFolder';
import { shareTexts } from './sharedTexts';
import { StoredRun } from './storedRun';

/** A file in a run directory that holds no run. */
export interface BrokenRun {
  readonly path: string;
  readonly reason: string;
}

/** The command line appends many times a second; views follow at this pace. */
const FOLLOW_MS = 500;

interface WatchedRoot extends vscode.Disposable {
  readonly directory: string;
  readonly folder: RunFolder;
}

export class RunStore implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** Runs came, went, or now have results. */
  readonly onDidChange = this.changed.event;

  private readonly runs = new Map<string, StoredRun>();
  private readonly brokenRuns = new Map<string, BrokenRun>();
  private readonly roots = new Map<string, WatchedRoot>();
  private readonly live = new Set<string>();
  private readonly follow = throttle(() => void this.refresh(), FOLLOW_MS);
  private looking: Promise<void> = Promise.resolve();
  private nextLook: Promise<void> | undefined;
  private readonly reading = new Map<string, Promise<void>>();
  private queue: Promise<void> = Promise.resolve();
  private texts: KnownTexts | undefined;
  private disposed = false;

  constructor(private readonly log: Log) {}

  /** Newest first. */
  list(): readonly StoredRun[] {
    return [...this.runs.values()].sort((a, b) => b.header.startedAt.localeCompare(a.header.startedAt));
  }

  listBroken(): readonly BrokenRun[] {
    return [...this.brokenRuns.values()];
  }

  get(file: string): StoredRun | undefined {
    return this.runs.get(file);
  }

  isLive(file: string): boolean {
    return this.live.has(file);
  }

  /** Looks after the run directory of a folder from now on; resolves when its headers were read. */
  async watch(root: string): Promise<void> {
    if (this.roots.has(root)) return;
    const directory = runDirectoryOf(root);
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(vscode.Uri.file(directory), '*.jsonl'),
    );
    // What this window writes it knows without being told.
    const follow = ({ fsPath }: vscode.Uri) => !this.live.has(fsPath) && this.follow.request();
    const subscriptions = vscode.Disposable.from(
      watcher,
      watcher.onDidCreate(follow),
      watcher.onDidChange(follow),
      watcher.onDidDelete(follow),
    );
    this.roots.set(root, { directory, folder: new RunFolder(directory), dispose: () => subscriptions.dispose() });
    await this.look(root);
  }

  /**
   * Looks at the disk anew: a file watcher lags, tells nothing of a file that came and went at once, and loses a folder
   * that was deleted and made again. Cheap enough to be called whenever somebody may want to know.
   */
  refresh(): Promise<void> {
    // A look that is under way may be past what its caller wants to see; one after it serves all who wait.
    this.nextLook ??= this.looking.then(async () => {
      this.looking = this.nextLook ?? Promise.resolve();
      this.nextLook = undefined;
      for (const root of this.roots.keys()) await this.look(root);
    });
    return this.nextLook;
  }

  unwatch(root: string): void {
    const watched = this.roots.get(root);
    if (!watched) return;
    watched.dispose();
    this.roots.delete(root);
    for (const file of this.listFilesIn(watched.directory)) this.drop(file);
    this.announce();
  }

  /** Reads a run's observations if that was not done yet. Never throws: a broken file is named in the log. */
  read(run: StoredRun): Promise<void> {
    if (run.isRead || this.live.has(run.path)) return Promise.resolve();
    let reading = this.reading.get(run.path);
    if (!reading) {
      // One at a time: two runs of a whole study side by side would hold both texts in memory.
      reading = this.queue.then(() => this.readNow(run)).finally(() => this.reading.delete(run.path));
      this.queue = reading;
      this.reading.set(run.path, reading);
    }
    return reading;
  }

  /** A run this window is making, or goes on with: then `observations` are those of before. */
  begin(file: string, root: string, header: RunHeader, observations = new CompactObservations()): StoredRun {
    const run = new StoredRun(file, root, header);
    run.read(observations);
    this.live.add(file);
    this.runs.set(file, run);
    this.changed.fire();
    return run;
  }

  update(run: StoredRun, observations: CompactObservations): void {
    run.read(observations);
    this.changed.fire();
  }

  end(run: StoredRun): void {
    this.live.delete(run.path);
    this.changed.fire();
  }

  async delete(run: StoredRun | BrokenRun): Promise<void> {
    for (const file of [run.path, batchFileOf(run.path)]) await rm(file, { force: true });
    this.drop(run.path);
    this.announce();
  }

  dispose(): void {
    this.disposed = true;
    this.follow.dispose();
    for (const watched of this.roots.values()) watched.dispose();
    this.changed.dispose();
  }

  private async look(root: string): Promise<void> {
    const watched = this.roots.get(root);
    if (!watched || this.disposed) return;
    // Taken before: what begins meanwhile is not in the listing, and has not gone.
    const known = this.listFilesIn(watched.directory).filter((file) => !this.live.has(file));
    const seen = await watched.folder.look();
    if (!seen || this.roots.get(root) !== watched) return;
    const changed = seen.changed.filter((file) => !this.live.has(file));
    const gone = known.filter((file) => !seen.present.has(file) && !this.live.has(file));
    for (const file of changed) {
      await this.readHeader(file, root);
      await letOthersIn();
      if (this.roots.get(root) !== watched) return;
    }
    for (const file of gone) this.drop(file);
    if (changed.length + gone.length > 0) this.announce();
  }

  private listFilesIn(directory: string): readonly string[] {
    return [...this.runs.keys(), ...this.brokenRuns.keys()].filter((file) => path.dirname(file) === directory);
  }

  private async readHeader(file: string, root: string): Promise<void> {
    try {
      const [{ readRunHeader }, { KnownTexts }] = await Promise.all([
        import('../../engine/runFiles'),
        import('../../engine/knownTexts'),
      ]);
      this.texts ??= new KnownTexts();
      const header = readRunHeader(file, this.texts);
      // That took some 50 ms for a whole study, and what comes takes some more.
      await letOthersIn();
      if (!this.roots.has(root) || this.live.has(file)) return;
      const known = this.runs.get(file);
      this.brokenRuns.delete(file);
      // What was found stays on screen until the file has been read again.
      if (known && known.header.id === header.id) known.invalidate();
      else this.runs.set(file, new StoredRun(file, root, shareTexts(header, this.runs.values())));
    } catch (error) {
      this.reportBroken(file, error);
    }
  }

  private async readNow(run: StoredRun): Promise<void> {
    if (this.disposed) return;
    try {
      const { readObservations } = await import('./readObservations');
      const { version } = run;
      const { observations, skipped } = await readObservations(run.path);
      await run.readInSlices(observations);
      // More was written meanwhile, and may not have been seen.
      if (run.version !== version) run.invalidate();
      if (skipped.length > 0) {
        const lines = skipped.map(({ line, reason }) => `${line} (${reason})`).join(', ');
        this.log.warn(vscode.l10n.t('{0}: lines left out: {1}.', run.path, lines));
      }
    } catch (error) {
      this.reportBroken(run.path, error);
    }
    this.announce();
  }

  private reportBroken(file: string, error: unknown): void {
    this.runs.delete(file);
    // Deleted between the listing and the reading: nothing is broken.
    if (!existsSync(file)) return;
    const reason = error instanceof Error ? error.message : String(error);
    if (!this.brokenRuns.has(file)) this.log.warn(vscode.l10n.t('{0} is left out: {1}', file, reason));
    this.brokenRuns.set(file, { path: file, reason });
  }

  private drop(file: string): void {
    this.runs.delete(file);
    this.brokenRuns.delete(file);
  }

  private announce(): void {
    if (!this.disposed) this.changed.fire();
  }
}

function letOthersIn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
