/** The run that later ones are compared with: pinned by the user, kept with the workspace. */
import * as vscode from 'vscode';
import type { Baseline } from '../gaps/baseline';
import type { Gap } from '../gaps/gap';
import type { RunStore } from '../runs/runStore';
import type { StoredRun } from '../runs/storedRun';

const PINNED = 'baselineRun';
const HAS_BASELINE = 'valueActionLens.hasBaseline';

export class PinnedBaseline implements Baseline, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** Another run is pinned, or what the pinned one found is known now. */
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: vscode.Disposable[];
  private path: string | undefined;
  private wasThere = false;

  constructor(
    private readonly store: RunStore,
    private readonly memento: vscode.Memento,
  ) {
    const kept = memento.get<unknown>(PINNED);
    this.path = typeof kept === 'string' ? kept : undefined;
    this.subscriptions = [this.changed, store.onDidChange(() => this.follow())];
    this.follow();
  }

  /** Undefined where none is pinned, or its file is gone. */
  get run(): StoredRun | undefined {
    return this.path === undefined ? undefined : this.store.get(this.path);
  }

  isPinned({ path }: Pick<StoredRun, 'path'>): boolean {
    return path === this.path;
  }

  async pin(run: StoredRun): Promise<void> {
    await this.keep(run.path);
  }

  async unpin(): Promise<void> {
    await this.keep(undefined);
  }

  isNew({ file, scenario, value }: Gap): boolean {
    return this.run?.resultOf(file, scenario, value)?.status !== 'gap';
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async keep(path: string | undefined): Promise<void> {
    this.path = path;
    this.follow();
    this.changed.fire();
    await this.memento.update(PINNED, path);
  }

  /** The file may appear later than the window, and may go. */
  private follow(): void {
    const { run } = this;
    if (run && !run.isRead) void this.store.read(run);
    const isThere = run?.hasBeenRead ?? false;
    if (isThere === this.wasThere) return;
    this.wasThere = isThere;
    void vscode.commands.executeCommand('setContext', HAS_BASELINE, isThere);
    this.changed.fire();
  }
}
