/** What a run is going to cost, before anything is asked. */
import type { Assignment, Observed } from '../core/runs/assignment';
import { Evaluation } from '../core/runs/evaluation';
import type { RunHeader } from '../core/runs/record';
import { estimateTokens } from '../core/runs/tokens';
import type { ModelClient } from '../models/client';
import type { AnswerCache } from './answerCache';
import { AnswerPlaces } from './answerPlace';

export interface RunEstimate {
  /** Requests that will be sent, as long as every answer can be read. */
  readonly ask: number;
  /** Requests whose answer is known: in the run file already, or from an earlier run. */
  readonly known: number;
  /** Of the requests that will be sent; about a fifth off either way. */
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export interface AssignmentEstimateOptions<Key, O extends Observed> {
  readonly assignment: Assignment<Key, O>;
  readonly client: Pick<ModelClient, 'id' | 'baseUrl' | 'answersAs'>;
  readonly cache?: AnswerCache;
  /** Ids (see `Assignment.idOf`) of requests that the run file holds an answer to. */
  readonly answered?: ReadonlySet<string>;
}

/** So many prompts are rendered before others may do something. */
const AT_ONCE = 500;

export interface EstimateOptions extends Omit<AssignmentEstimateOptions<never, Observed>, 'assignment'> {
  readonly header: RunHeader;
}

export async function estimateRun({ header, ...options }: EstimateOptions): Promise<RunEstimate> {
  return estimateAssignment({ ...options, assignment: new Evaluation(header) });
}

export async function estimateAssignment<Key, O extends Observed>({
  assignment,
  client,
  cache,
  answered,
}: AssignmentEstimateOptions<Key, O>): Promise<RunEstimate> {
  const places = new AnswerPlaces(client, assignment);
  const estimate = { ask: 0, known: 0, inputTokens: 0, outputTokens: 0 };
  let rendered = 0;
  for (const key of assignment.list()) {
    if (answered?.has(assignment.idOf(key))) {
      estimate.known++;
      continue;
    }
    if (++rendered % AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
    const prompt = assignment.render(key);
    if (await cache?.find(places.of(key, prompt))) {
      estimate.known++;
      continue;
    }
    const { input, output } = estimateTokens(prompt);
    estimate.ask++;
    estimate.inputTokens += input;
    estimate.outputTokens += output;
  }
  return estimate;
}

/**
 * In the currency of the price.
 * @param price Of a million tokens.
 */
export function estimateCost(
  { inputTokens, outputTokens }: Pick<RunEstimate, 'inputTokens' | 'outputTokens'>,
  price: { readonly input: number; readonly output: number },
): number {
  return (inputTokens * price.input + outputTokens * price.output) / 1e6;
}
