/**
 * What the engine carries out: requests one by one, and what becomes of each reply. The two tasks, generating actions
 * and predicting gaps are assignments; cache, journal, resume, limits and progress are the same for all of them.
 */
import type { Prompt, ReceivedReply } from './exchange';
import type { ModelParameters, Usage } from './record';

/** One line of a journal. A line of type `failure` is a request without an answer: retrying replaces it. */
export interface Observed {
  readonly type: string;
  readonly usage?: Usage;
  /** Of a line of type `failure`: for people, what happened and what to do. */
  readonly failure?: { readonly message: string };
  /** The answer was known from an earlier run, and cost nothing now. */
  readonly cached?: true;
}

export interface Failure {
  readonly code: string;
  /** For people: what happened, and what to do. */
  readonly message: string;
  /** ISO 8601. */
  readonly at: string;
}

export interface Assignment<Key, Observation extends Observed> {
  readonly parameters: ModelParameters;
  count(): number;
  /** Lazily and in the order of asking, so that a study costs no memory. */
  list(): Iterable<Key>;
  /** Equal for two keys of the same request. */
  idOf(key: Key): string;
  /** The request that an observation answers, or failed to. */
  requestOf(observation: Observation): Key;
  /** A few words for a line of progress, e.g. "Social Power, act (variant 3)". */
  describe(key: Key): string;
  render(key: Key): Prompt;
  read(key: Key, reply: ReceivedReply): Observation;
  fail(key: Key, failure: Failure): Observation;
  /** Whether nothing could be read in the answer, so that asking again with a reminder may help. */
  couldNotBeRead(observation: Observation): boolean;
  /** How many answers of this observation cannot be used. */
  countUnusable(observation: Observation): number;
  /** Answers that are wanted together are kept in one file: what they have in common, e.g. country and topic. */
  shelfOf(key: Key): readonly string[];
  /** What tells two requests with the same messages apart: task, variant, repeat. */
  sampleOf(key: Key): readonly (string | number)[];
}
