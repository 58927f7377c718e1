/** Which models are ticked; kept with the workspace. */
import * as vscode from 'vscode';

const TICKED = 'tickedModels';

export class ModelTicks implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private ticked: ReadonlySet<string>;

  constructor(private readonly memento: vscode.Memento) {
    const stored = memento.get<unknown>(TICKED);
    this.ticked = new Set(Array.isArray(stored) ? stored.filter((id): id is string => typeof id === 'string') : []);
  }

  /** Model ids, in the order of ticking. */
  list(): readonly string[] {
    return [...this.ticked];
  }

  has(id: string): boolean {
    return this.ticked.has(id);
  }

  async set(changes: Iterable<readonly [id: string, ticked: boolean]>): Promise<void> {
    const next = new Set(this.ticked);
    for (const [id, ticked] of changes) {
      if (ticked) next.add(id);
      else next.delete(id);
    }
    this.ticked = next;
    this.changed.fire();
    await this.memento.update(TICKED, [...next]);
  }

  dispose(): void {
    this.changed.dispose();
  }
}
