/** The responses of one item exactly as the model wrote them: they stay in the run file until somebody looks at them. */
import { requestId, requestOf } from '../../core/runs/plan';
import { type Observation, observationSchema } from '../../core/runs/record';
import { measureHeader, readLines } from '../../engine/lines';
import { LONGEST_RAW, type RawAnswer, type RawFailure } from '../../protocol/inspector';

export interface ItemResponses {
  /** In the order of tasks, repeats and variants. */
  readonly answers: readonly RawAnswer[];
  /** Requests that got no answer later either. */
  readonly failures: readonly RawFailure[];
}

export interface RawQuestion {
  /** Path of the run file. */
  readonly path: string;
  /** Key of the scenario in the run. */
  readonly scenario: string;
  readonly value: string;
  /** How many answers are known to be there; with fewer found, every line is read in full. Default 0. */
  readonly expected?: number;
}

/** Longest time that reading holds up everything else, in milliseconds. */
const SLICE_MS = 8;

/**
 * A whole study is 60,000 lines for 16 answers: a line that does not even mention the scenario is not parsed.
 * @throws {Error} of the file system where the file cannot be read.
 */
export async function readItemResponses(question: RawQuestion): Promise<ItemResponses> {
  const { scenario, expected = 0 } = question;
  const mentioned = JSON.stringify(scenario);
  const found = await collect(question, (line) => line.includes(mentioned));
  // Another program may have escaped the name differently.
  return found.answers.length >= expected ? found : collect(question, () => true);
}

async function collect(
  { path, scenario, value }: RawQuestion,
  mayBeAbout: (line: string) => boolean,
): Promise<ItemResponses> {
  const answers = new Map<string, RawAnswer>();
  const failures = new Map<string, RawFailure>();
  let sliceEnd = performance.now() + SLICE_MS;
  // The header mentions every scenario, and is no answer: of a whole study it has 4 MB.
  for (const line of readLines(path, measureHeader(path).bytes)) {
    if (performance.now() > sliceEnd) {
      await new Promise((resolve) => setImmediate(resolve));
      sliceEnd = performance.now() + SLICE_MS;
    }
    const observation = mayBeAbout(line) ? readObservation(line) : undefined;
    if (!observation || !isAbout(observation, scenario, value)) continue;
    const id = requestId(requestOf(observation));
    if (observation.type === 'failure') {
      const { task, variant, repeat, failure } = observation;
      failures.set(id, { task, variant, repeat, ...failure });
    } else answers.set(id, describeAnswer(observation));
  }
  for (const id of answers.keys()) failures.delete(id);
  return { answers: [...answers.values()].sort(bySlot), failures: [...failures.values()].sort(bySlot) };
}

function readObservation(line: string): Observation | undefined {
  try {
    return observationSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** Task 1 asks about all values of a scenario at once. */
function isAbout(observation: Observation, scenario: string, value: string): boolean {
  if (observation.scenario !== scenario) return false;
  return observation.type === 'state' || observation.value === undefined || observation.value === value;
}

function describeAnswer(observation: Exclude<Observation, { type: 'failure' }>): RawAnswer {
  const { type, variant, repeat, raw, unread = [], cached = false, ms } = observation;
  return {
    task: type,
    variant,
    repeat,
    raw: raw.slice(0, LONGEST_RAW),
    cut: Math.max(0, raw.length - LONGEST_RAW),
    unread: unread.map((text) => text.slice(0, LONGEST_RAW)),
    cached,
    ...(ms !== undefined && { ms }),
  };
}

interface Slot {
  readonly task: 'state' | 'act';
  readonly variant: number;
  readonly repeat: number;
}

function bySlot(a: Slot, b: Slot): number {
  return b.task.localeCompare(a.task) || a.repeat - b.repeat || a.variant - b.variant;
}
