/** Where an answer is kept: a key over everything that determines it, and the shelf of its model and what it is about. */
import { createHash } from 'node:crypto';
import type { Assignment, Observed } from '../core/runs/assignment';
import type { Prompt } from '../core/runs/exchange';
import type { ModelClient } from '../models/client';

export interface AnswerPlace {
  /** 32 hex digits, as `key`. */
  readonly shelf: string;
  readonly key: string;
}

/** A change of what the key covers gives every answer a new one. */
const VERSION = 1;

export class AnswerPlaces<Key> {
  private readonly model: string;
  private readonly asked: string;
  /** By what is on them, so that a shelf's name is hashed once. */
  private readonly shelves = new Map<string, string>();

  constructor(
    client: Pick<ModelClient, 'id' | 'baseUrl' | 'answersAs'>,
    private readonly assignment: Pick<Assignment<Key, Observed>, 'parameters' | 'shelfOf' | 'sampleOf'>,
  ) {
    this.model = client.answersAs ?? JSON.stringify([client.baseUrl ?? null, client.id]);
    this.asked = stringifySorted(assignment.parameters);
  }

  /**
   * The messages stand for the scenario's text: an answer is found again under another name of file or scenario, and
   * only what was edited has a new place.
   * @param reask 0 for the question itself, 1 for the first time that it is asked again.
   */
  of(key: Key, { messages, answerFormat }: Prompt, reask = 0): AnswerPlace {
    const { schema } = answerFormat;
    const texts = messages.map(({ role, content }) => [role, content]);
    return {
      shelf: this.nameShelf(this.assignment.shelfOf(key)),
      key: hash([VERSION, this.model, this.asked, schema, texts, ...this.assignment.sampleOf(key), reask]),
    };
  }

  private nameShelf(together: readonly string[]): string {
    const parts = [this.model, ...together];
    const text = JSON.stringify(parts);
    const known = this.shelves.get(text);
    if (known !== undefined) return known;
    const name = hash(parts);
    this.shelves.set(text, name);
    return name;
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
