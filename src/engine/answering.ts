/** From the name of a request to its observation: asked within the endpoint's budget, and again where that may help. */
import { remindOfFormat } from '../core/prompts/reminder';
import type { Assignment, Observed } from '../core/runs/assignment';
import type { Prompt } from '../core/runs/exchange';
import { addUsage } from '../core/runs/tally';
import { estimateTokens } from '../core/runs/tokens';
import { type ModelClient, ModelError, type ModelReply } from '../models/client';
import type { AnswerCache } from './answerCache';
import { AnswerPlaces } from './answerPlace';
import { askOnce } from './asking';
import type { RunEvent } from './events';
import type { EndpointBudget } from './limiter';
import type { Clock } from './ports';
import { askWithRetries, isRejection, type RetryPolicy } from './retry';

/** Where nothing has ever answered, a server that is not there will hardly come up while we wait. */
const ATTEMPTS_AT_A_SILENT_ENDPOINT = 2;
/** After so many failed attempts in a row, whosever they are, the endpoint is broken: fewer attempts find that out too. */
const FAILURES_OF_A_BROKEN_ENDPOINT = 60;
const ATTEMPTS_AT_A_BROKEN_ENDPOINT = 2;

export interface AnsweringOptions<Key, O extends Observed> {
  readonly assignment: Assignment<Key, O>;
  readonly client: ModelClient;
  readonly budget: EndpointBudget;
  readonly clock: Clock;
  /** Of one attempt. */
  readonly timeoutMs: number;
  readonly retry: RetryPolicy;
  /** How often a request is asked again whose answer cannot be read. */
  readonly reasks: number;
  readonly random: () => number;
  /** Whether the endpoint has answered before. */
  readonly hasAnswered: boolean;
  readonly onEvent: (event: RunEvent<O>) => void;
  readonly cache?: AnswerCache;
}

interface Answer extends ModelReply {
  /** From sending to receiving; absent where the answer was known. */
  readonly ms?: number;
  readonly cached?: true;
}

export class Answering<Key, O extends Observed> {
  private readonly places: AnswerPlaces<Key>;
  private hasAnswered: boolean;
  private failuresInARow = 0;

  constructor(private readonly options: AnsweringOptions<Key, O>) {
    this.places = new AnswerPlaces(options.client, options.assignment);
    this.hasAnswered = options.hasAnswered;
  }

  /**
   * @throws {ModelError} where the request got no answer; `endsRun` says whether others would get one.
   */
  async answer(key: Key, signal: AbortSignal): Promise<O> {
    const { assignment, reasks } = this.options;
    const prompt = assignment.render(key);
    const replies = [await this.recall(key, prompt, 0, signal)];
    let observation = this.read(key, replies);
    while (replies.length <= reasks && assignment.couldNotBeRead(observation)) {
      const reminding = { ...prompt, messages: remindOfFormat(prompt.messages, prompt.answerFormat) };
      try {
        replies.push(await this.recall(key, reminding, replies.length, signal));
      } catch (error) {
        if (signal.aborted || endsRun(error)) throw error;
        // There is an answer, if none that can be read: better than a failure.
        return observation;
      }
      observation = this.read(key, replies);
    }
    return observation;
  }

  /** The last reply counts; the texts of the others are kept, and what all of them cost. */
  private read(key: Key, replies: readonly Answer[]): O {
    const asked = replies.filter(({ cached }) => !cached);
    const usages = (asked.length > 0 ? asked : replies).flatMap(({ usage }) => usage ?? []);
    const unread = replies.slice(0, -1).map(({ text }) => text);
    const last = replies.at(-1);
    return this.options.assignment.read(key, {
      raw: last?.text ?? '',
      usage: usages.length > 0 ? usages.reduce(addUsage) : undefined,
      ms: last?.ms,
      at: this.options.clock.date(),
      ...(asked.length === 0 && { cached: true }),
      ...(unread.length > 0 && { unread }),
    });
  }

  /** Asks only where the answer is not known. */
  private async recall(key: Key, prompt: Prompt, reask: number, signal: AbortSignal): Promise<Answer> {
    const { cache } = this.options;
    if (!cache) return this.ask(prompt, signal);
    const place = this.places.of(key, prompt, reask);
    const known = await cache.find(place);
    if (known) return { ...known, cached: true };
    const answer = await this.ask(prompt, signal);
    cache.remember(place, answer);
    return answer;
  }

  private async ask(prompt: Prompt, signal: AbortSignal): Promise<Answer> {
    const { clock, retry, random, onEvent } = this.options;
    return askWithRetries(() => this.attempt(prompt, signal), {
      policy: retry,
      clock,
      signal,
      random,
      attemptsFor: (error) => this.countAttempts(error),
      onWait: (ms, error) => onEvent({ type: 'waiting', ms, reason: error.message }),
    });
  }

  private countAttempts({ code }: ModelError): number {
    if (code === 'unreachable' && !this.hasAnswered) return ATTEMPTS_AT_A_SILENT_ENDPOINT;
    if (this.failuresInARow >= FAILURES_OF_A_BROKEN_ENDPOINT) return ATTEMPTS_AT_A_BROKEN_ENDPOINT;
    return Number.POSITIVE_INFINITY;
  }

  private async attempt(prompt: Prompt, signal: AbortSignal): Promise<Answer> {
    const { assignment, client, budget, clock, timeoutMs, onEvent } = this.options;
    const lease = await budget.acquire({
      owner: this,
      tokens: () => {
        const { input, output } = estimateTokens(prompt);
        return input + output;
      },
      signal,
      onPause: (ms) => onEvent({ type: 'waiting', ms, reason: `${client.id} asks for a pause.` }),
    });
    const askedMs = clock.now();
    try {
      const request = { ...prompt, parameters: assignment.parameters };
      const reply = await askOnce(client, request, { signal, timeoutMs, clock });
      lease.answered(reply.usage && reply.usage.input + reply.usage.output);
      this.hasAnswered = true;
      this.failuresInARow = 0;
      return { ...reply, ms: Math.round(clock.now() - askedMs) };
    } catch (error) {
      if (error instanceof ModelError && isRejection(error)) lease.rejected(error.retryAfterMs);
      else lease.failed();
      this.failuresInARow++;
      throw error;
    }
  }
}

/**
 * Whether an error says that the remaining requests would get no answer either: the model is stopped, its endpoint
 * stayed unreachable through all attempts, or it wants nothing asked for longer than anybody waits.
 */
export function endsRun(error: unknown): error is ModelError {
  return (
    error instanceof ModelError &&
    (error.kind === 'stop' || error.code === 'unreachable' || (error.kind === 'retry' && isRejection(error)))
  );
}
