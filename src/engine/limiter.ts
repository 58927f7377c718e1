/** How fast an endpoint is asked: by limits that were set, and by what it rejects. All models of an endpoint share it. */
import { ModelError } from '../models/client';
import { type Attempt, Congestion } from './congestion';
import { Pacer } from './pacer';
import { type Clock, systemClock } from './ports';

export interface RateLimits {
  readonly requestsPerMinute?: number;
  /** Input and output together. */
  readonly tokensPerMinute?: number;
}

export interface LeaseRequest {
  /** Who asks, e.g. a run: where the endpoint takes few at once, whoever has the fewest under way comes first. */
  readonly owner: object;
  /** An estimate; only called where tokens are limited. */
  readonly tokens: () => number;
  readonly signal: AbortSignal;
  /** Told when nobody is asked for a while because the endpoint wants a pause. */
  readonly onPause?: (ms: number) => void;
}

/** The right to make one attempt; settled exactly once. */
export interface Lease {
  /** @param tokens As the endpoint counted them. */
  answered(tokens?: number): void;
  /** The endpoint wants less. */
  rejected(retryAfterMs?: number): void;
  /** It failed otherwise, or was given up. */
  failed(): void;
}

interface Waiter {
  readonly request: LeaseRequest;
  readonly grant: (lease: Lease) => void;
  toldPause: boolean;
}

/** Somewhat below the limit: the endpoint's clock is not ours. */
const SHARE_OF_LIMIT = 0.99;
/** Shorter pauses are over before anybody has read about them. */
const PAUSE_WORTH_TELLING_MS = 500;

/** An abort without a reason of its own builds an error with a stack each time. */
const EARLIER = new Error('Something starts earlier.');

export class EndpointBudget {
  private readonly congestion = new Congestion();
  private requests: Pacer | undefined;
  private tokens: Pacer | undefined;
  private readonly waiting: Waiter[] = [];
  private readonly underWay = new Map<object, number>();
  private total = 0;
  private alarm: { readonly atMs: number; readonly off: AbortController } | undefined;

  constructor(private readonly clock: Clock = systemClock) {}

  /** Replaces the limits; what is under way stays so. */
  limit({ requestsPerMinute, tokensPerMinute }: RateLimits): void {
    this.requests = renewPacer(this.requests, requestsPerMinute);
    this.tokens = renewPacer(this.tokens, tokensPerMinute);
  }

  /**
   * Resolves when an attempt may start.
   * @throws {ModelError} with code `canceled` where the signal aborts before that.
   */
  acquire(request: LeaseRequest): Promise<Lease> {
    const { signal } = request;
    if (signal.aborted) return Promise.reject(canceled());
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        const at = this.waiting.indexOf(waiter);
        if (at >= 0) this.waiting.splice(at, 1);
        reject(canceled());
      };
      const grant = (lease: Lease) => {
        signal.removeEventListener('abort', giveUp);
        resolve(lease);
      };
      const waiter: Waiter = { request, grant, toldPause: false };
      signal.addEventListener('abort', giveUp, { once: true });
      this.waiting.push(waiter);
      this.serve();
    });
  }

  private serve(): void {
    while (this.waiting.length > 0 && this.total < this.congestion.window) {
      const now = this.clock.now();
      const { ms, isPause } = this.congestion.delay(now);
      const delay = Math.max(ms, this.requests?.delay(now) ?? 0, this.tokens?.delay(now) ?? 0);
      if (delay > 0) {
        if (isPause && ms >= PAUSE_WORTH_TELLING_MS) this.tellPause(ms);
        this.wakeIn(delay, now);
        return;
      }
      const [waiter] = this.waiting.splice(this.findNext(), 1);
      if (waiter) waiter.grant(this.start(waiter.request, now));
    }
  }

  /** A slow model must not take every place that another one waits for. */
  private findNext(): number {
    let next = 0;
    let fewest = Number.POSITIVE_INFINITY;
    for (const [at, { request }] of this.waiting.entries()) {
      const busy = this.underWay.get(request.owner) ?? 0;
      if (busy < fewest) [next, fewest] = [at, busy];
    }
    return next;
  }

  private start({ owner, tokens }: LeaseRequest, now: number): Lease {
    const attempt = this.congestion.start(now);
    const estimate = this.tokens ? tokens() : 0;
    this.requests?.take(1, now);
    this.tokens?.take(estimate, now);
    this.total++;
    this.underWay.set(owner, (this.underWay.get(owner) ?? 0) + 1);
    return this.lease(attempt, owner, estimate);
  }

  private lease(attempt: Attempt, owner: object, estimate: number): Lease {
    const settle = (learn: (now: number) => void) => {
      this.total--;
      const left = (this.underWay.get(owner) ?? 1) - 1;
      if (left > 0) this.underWay.set(owner, left);
      else this.underWay.delete(owner);
      learn(this.clock.now());
      this.serve();
    };
    return {
      answered: (tokens) =>
        settle((now) => {
          this.congestion.accept(attempt, now);
          if (tokens !== undefined && estimate > 0) this.tokens?.correct(tokens - estimate);
        }),
      rejected: (retryAfterMs) =>
        settle((now) => {
          this.congestion.reject(attempt, now, retryAfterMs);
          this.tokens?.correct(-estimate);
        }),
      failed: () => settle(() => this.congestion.abandon()),
    };
  }

  private tellPause(ms: number): void {
    const told = new Set<object>();
    for (const waiter of this.waiting) {
      const { owner, onPause } = waiter.request;
      if (!waiter.toldPause && !told.has(owner)) onPause?.(ms);
      waiter.toldPause = true;
      told.add(owner);
    }
  }

  /** One alarm at a time, for the earliest start. */
  private wakeIn(delay: number, now: number): void {
    const atMs = now + delay;
    if (this.alarm && this.alarm.atMs <= atMs) return;
    this.alarm?.off.abort(EARLIER);
    const alarm = { atMs, off: new AbortController() };
    this.alarm = alarm;
    // A timer may go off a fraction of a millisecond early.
    void this.clock.sleep(Math.ceil(delay), alarm.off.signal).then(() => {
      if (this.alarm !== alarm) return;
      this.alarm = undefined;
      this.serve();
    });
  }
}

/** The budgets of a process: one for each endpoint, whoever asks it. */
export class EndpointBudgets {
  private readonly budgets = new Map<string, EndpointBudget>();

  constructor(private readonly clock: Clock = systemClock) {}

  /**
   * @param endpoint Its base URL, or what stands for it.
   * @param limits Replace those that were set before; without them these stay.
   */
  of(endpoint: string, limits?: RateLimits): EndpointBudget {
    const budget = this.budgets.get(endpoint) ?? new EndpointBudget(this.clock);
    this.budgets.set(endpoint, budget);
    if (limits) budget.limit(limits);
    return budget;
  }
}

function renewPacer(pacer: Pacer | undefined, perMinute: number | undefined): Pacer | undefined {
  if (perMinute === undefined) return undefined;
  const rate = perMinute * SHARE_OF_LIMIT;
  return pacer?.perMinute === rate ? pacer : new Pacer(rate);
}

function canceled(): ModelError {
  return new ModelError('canceled', 'fail', 'The run was canceled.');
}
