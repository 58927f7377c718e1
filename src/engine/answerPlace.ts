/** Where an answer is kept: a key over everything that determines it, and the shelf of its model and scenario. */
import { createHash } from 'node:crypto';
import type { Prompt } from '../core/runs/exchange';
import type { RequestKey } from '../core/runs/plan';
import type { ModelParameters, ScenarioSnapshot } from '../core/runs/record';
import type { ModelClient } from '../models/client';

export interface AnswerPlace {
  /** 32 hex digits, as `key`. */
  readonly shelf: string;
  readonly key: string;
}

/** A change of what the key covers gives every answer a new one. */
const VERSION = 1;

export class AnswerPlaces {
  private readonly model: string;
  private readonly asked: string;
  private readonly shelves = new Map<string, string>();

  constructor(
    client: Pick<ModelClient, 'id' | 'baseUrl' | 'answersAs'>,
    parameters: ModelParameters,
    scenarios: readonly Pick<ScenarioSnapshot, 'key' | 'country' | 'topic'>[],
  ) {
    this.model = client.answersAs ?? JSON.stringify([client.baseUrl ?? null, client.id]);
    this.asked = stringifySorted(parameters);
    for (const { key, country, topic } of scenarios) this.shelves.set(key, hash([this.model, country, topic]));
  }

  /**
   * The messages stand for the scenario's text: an answer is found again under another name of file or scenario, and
   * only what was edited has a new place.
   * @param reask 0 for the question itself, 1 for the first time that it is asked again.
   */
  of({ task, scenario, variant, repeat }: RequestKey, { messages, answerFormat }: Prompt, reask = 0): AnswerPlace {
    const { schema } = answerFormat;
    const texts = messages.map(({ role, content }) => [role, content]);
    return {
      shelf: this.shelves.get(scenario) ?? hash([this.model]),
      key: hash([VERSION, this.model, this.asked, schema, texts, task, variant, repeat, reask]),
    };
  }
}

function hash(parts: unknown): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/** Equal for equal content, in whatever order its keys were written; what is undefined is not there. */
function stringifySorted(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
