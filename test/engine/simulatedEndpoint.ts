/** An endpoint in virtual time that limits, rejects and fails by rules. */
import { type ModelClient, ModelError } from '../../src/models/client';
import { answerPrompt } from '../fixtures/openaiServer';
import type { VirtualClock } from './virtualClock';

export interface EndpointRules {
  readonly latencyMs: number;
  /** Requests in any second (sliding) or in each second (fixed). */
  readonly perSecond?: number;
  readonly window?: 'sliding' | 'fixed';
  readonly atOnce?: number;
  /** Fills evenly; 429 tells to the millisecond when it holds one request again. */
  readonly bucket?: { readonly perSecond: number; readonly burst: number; readonly tellsSeconds?: boolean };
  readonly retryAfterMs?: number;
  /** By the number of the request, from 0. */
  readonly rejects?: (index: number) => number | undefined;
  /** How one request goes wrong, after how long. */
  readonly fails?: (index: number) => { readonly afterMs: number; readonly error: ModelError } | undefined;
}

export class SimulatedEndpoint {
  requests = 0;
  rejected = 0;
  mostAtOnce = 0;
  readonly startsMs: number[] = [];
  private admitted: number[] = [];
  private underWay = 0;
  private tokens: number;
  private filledMs = 0;

  constructor(
    private readonly clock: VirtualClock,
    private readonly rules: EndpointRules,
  ) {
    this.tokens = rules.bucket?.burst ?? 0;
  }

  client(id = 'test/model'): ModelClient {
    return {
      id,
      notes: [],
      complete: async ({ messages }) => {
        await this.serve();
        return { text: answerPrompt({ body: { messages: [...messages] } }), usage: { input: 900, output: 100 } };
      },
    };
  }

  private async serve(): Promise<void> {
    const { latencyMs, retryAfterMs, rejects, fails } = this.rules;
    const index = this.requests++;
    this.startsMs.push(this.clock.now());
    const failure = fails?.(index);
    if (failure) {
      await this.clock.sleep(failure.afterMs);
      throw failure.error;
    }
    const wait = rejects?.(index) ?? this.waitForBucket();
    if (wait !== undefined || !this.admits()) {
      this.rejected++;
      await this.clock.sleep(Math.min(5, latencyMs));
      throw new ModelError('rate-limited', 'retry', 'Slow down.', wait ?? retryAfterMs);
    }
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.underWay);
    await this.clock.sleep(latencyMs);
    this.underWay--;
  }

  private waitForBucket(): number | undefined {
    const { bucket } = this.rules;
    if (!bucket) return undefined;
    const now = this.clock.now();
    this.tokens = Math.min(bucket.burst, this.tokens + ((now - this.filledMs) / 1000) * bucket.perSecond);
    this.filledMs = now;
    const unit = bucket.tellsSeconds ? 1000 : 1;
    if (this.tokens < 1) return Math.ceil((((1 - this.tokens) / bucket.perSecond) * 1000) / unit) * unit;
    this.tokens--;
    return undefined;
  }

  private admits(): boolean {
    const { perSecond = Number.POSITIVE_INFINITY, window = 'sliding', atOnce = Number.POSITIVE_INFINITY } = this.rules;
    const now = this.clock.now();
    const from = window === 'fixed' ? Math.floor(now / 1000) * 1000 : now - 999.999;
    this.admitted = this.admitted.filter((at) => at >= from);
    if (this.admitted.length >= perSecond || this.underWay >= atOnce) return false;
    this.admitted.push(now);
    return true;
  }
}
