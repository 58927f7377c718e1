/** Remembers which runs this window carries out, so that the next one can tell which of them were cut off. */

export interface UnderWayMemento {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): PromiseLike<void>;
}

const UNDER_WAY = 'runsUnderWay';

export class RunsUnderWay {
  private readonly current = new Set<string>();
  private closing = false;
  private readonly before: readonly string[];

  constructor(private readonly memento: UnderWayMemento) {
    const stored = memento.get<unknown>(UNDER_WAY);
    this.before = Array.isArray(stored) ? stored.filter((path): path is string => typeof path === 'string') : [];
    if (this.before.length > 0) void this.write();
  }

  /** Run files of the window before this one that did not end there. */
  get cutOff(): readonly string[] {
    return this.before;
  }

  /** Call what it returns when the run has ended, however. */
  begin(path: string): () => Promise<void> {
    this.current.add(path);
    void this.write();
    return async () => {
      // A run that ends because its window closes has not ended for its user.
      if (this.closing) return;
      this.current.delete(path);
      await this.write();
    };
  }

  /** What ends from now on was cut off. */
  dispose(): void {
    this.closing = true;
  }

  private async write(): Promise<void> {
    await this.memento.update(UNDER_WAY, [...this.current]);
  }
}
