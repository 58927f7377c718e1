/**
 * The runs on disk: those this window made and those the command line wrote. Headers are read first, observations
 * when somebody asks for a result. Answers nothing about the text on screen; `ResultsOnScreen` does.
 */
import { existsSync, statSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Observation, RunHeader } from '../../core/runs/record';
import { batchFileOf } from '../../engine/batch/ledger';
import { runDirectoryOf } from '../../engine/runDirectory';
import { readRun, readRunHeader } from '../../engine/runFiles';
import type { Log } from '../log';
import { StoredRun } from './storedRun';

/** A file in a run directory that holds no run. */
export interface BrokenRun {
  readonly path: string;
  readonly reason: string;
}

/** The command line appends many times a second; views follow at this pace. */
const FOLLOW_MS = 500;

export class RunStore implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** Runs came, went, or now have results. */
  readonly onDidChange = this.changed.event;

  private readonly runs = new Map<string, StoredRun>();
  private readonly brokenRuns = new Map<string, BrokenRun>();
  private readonly watchers = new Map<string, vscode.Disposable>();
  /** Size and time of each file when its header was read. */
  private readonly stamps = new Map<string, string>();
  private readonly live = new Set<string>();
  private readonly following = new Map<string, NodeJS.Timeout>();
  private readonly reading = new Map<string, Promise<void>>();
  private queue: Promise<void> = Promise.resolve();
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
    if (this.watchers.has(root)) return;
    const directory = runDirectoryOf(root);
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(vscode.Uri.file(directory), '*.jsonl'),
    );
    this.watchers.set(
      root,
      vscode.Disposable.from(
        watcher,
        watcher.onDidCreate((uri) => this.follow(uri.fsPath, root)),
        watcher.onDidChange((uri) => this.follow(uri.fsPath, root)),
        watcher.onDidDelete((uri) => this.drop(uri.fsPath)),
      ),
    );
    await this.scan(root, directory);
  }

  /** Looks at the disk anew, before somebody chooses among runs: a file watcher lags, and can miss what happened. */
  async refresh(): Promise<void> {
    for (const root of this.watchers.keys()) await this.scan(root, runDirectoryOf(root));
    for (const file of [...this.runs.keys(), ...this.brokenRuns.keys()]) {
      if (!this.live.has(file) && !existsSync(file)) this.drop(file);
    }
  }

  unwatch(root: string): void {
    this.watchers.get(root)?.dispose();
    this.watchers.delete(root);
    for (const run of this.list()) if (run.root === root) this.runs.delete(run.path);
    this.changed.fire();
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
  begin(file: string, root: string, header: RunHeader, observations: readonly Observation[] = []): StoredRun {
    const run = new StoredRun(file, root, header);
    run.read(observations);
    this.live.add(file);
    this.runs.set(file, run);
    this.changed.fire();
    return run;
  }

  update(run: StoredRun, observations: readonly Observation[]): void {
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
  }

  dispose(): void {
    this.disposed = true;
    for (const timer of this.following.values()) clearTimeout(timer);
    for (const watcher of this.watchers.values()) watcher.dispose();
    this.changed.dispose();
  }

  private async scan(root: string, directory: string): Promise<void> {
    const names = await readdir(directory).catch(() => []);
    const files = names.filter((name) => name.endsWith('.jsonl')).map((name) => path.join(directory, name));
    const changed = files.filter((file) => stampOf(file) !== this.stamps.get(file));
    for (const file of changed) this.readHeader(file, root);
    if (changed.length > 0) this.announce();
  }

  private follow(file: string, root: string): void {
    if (this.live.has(file) || this.following.has(file)) return;
    const timer = setTimeout(() => {
      this.following.delete(file);
      this.readHeader(file, root);
      this.announce();
    }, FOLLOW_MS);
    this.following.set(file, timer);
  }

  private readHeader(file: string, root: string): void {
    if (this.live.has(file)) return;
    this.stamps.set(file, stampOf(file));
    try {
      const known = this.runs.get(file);
      const header = readRunHeader(file);
      this.brokenRuns.delete(file);
      // What was found stays on screen until the file has been read again.
      if (known && known.header.id === header.id) known.invalidate();
      else this.runs.set(file, new StoredRun(file, root, header));
    } catch (error) {
      this.reportBroken(file, error);
    }
  }

  private readNow(run: StoredRun): void {
    if (this.disposed) return;
    try {
      const { observations, skipped } = readRun(run.path);
      run.read(observations);
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
    this.stamps.delete(file);
    const known = this.runs.delete(file);
    if (this.brokenRuns.delete(file) || known) this.announce();
  }

  private announce(): void {
    if (!this.disposed) this.changed.fire();
  }
}

function stampOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  return found ? `${found.size} ${found.mtimeMs}` : '';
}
