/** Brings many calls down to few: the first goes through at once, those that follow within `interval` become one. */
export class Batch {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private waiting = false;

  /** `interval` in milliseconds: the shortest time between two calls of `act`. */
  constructor(
    private readonly interval: number,
    private readonly act: () => void,
  ) {}

  request(): void {
    if (this.timer !== undefined) {
      this.waiting = true;
      return;
    }
    this.timer = setTimeout(() => this.elapse(), this.interval);
    this.act();
  }

  /** Forgets what waits; nothing is called after this until the next request. */
  dispose(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting = false;
  }

  private elapse(): void {
    this.timer = undefined;
    if (!this.waiting) return;
    this.waiting = false;
    this.request();
  }
}
