/** Whether an answer is worth asking for again. */
import type { ActObservation, StateObservation } from '../runs/record';

/**
 * True where nothing could be read at all. A refusal is an answer and is not argued with. In Task 1 one usable value is
 * enough to keep the answer as it is: asking again would mix two answers, or replace a usable one.
 */
export function couldNotBeRead(observation: ActObservation | StateObservation): boolean {
  if (observation.type === 'act') return observation.answer === 'unparsed';
  const answers = observation.answers.map(([, answer]) => answer);
  return answers.includes('unparsed') && answers.every((answer) => answer === 'unparsed' || answer === 'missing');
}
