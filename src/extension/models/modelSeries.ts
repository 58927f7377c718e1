/** The colour and marker of each model: one index for a model id, the same in every view and every session. */

export interface SeriesMemento {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): PromiseLike<void>;
}

const SERIES = 'modelSeries';

export class ModelSeries {
  private readonly order: string[];

  constructor(private readonly memento: SeriesMemento) {
    const stored = memento.get<unknown>(SERIES);
    this.order = Array.isArray(stored) ? stored.filter((id): id is string => typeof id === 'string') : [];
  }

  /** Index in order of first sight. */
  indexOf(model: string): number {
    const known = this.order.indexOf(model);
    if (known >= 0) return known;
    this.order.push(model);
    void this.memento.update(SERIES, this.order);
    return this.order.length - 1;
  }
}
