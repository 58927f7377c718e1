/** What was found about each item of a run, with every answer behind it. */
import type { ActedAnswer, FailureObservation, ObservedRun, StatedAnswer } from '../runs/record';
import { listItemFindings } from './itemFindings';
import type { ItemResult, VariantAnswer } from './results';
import { decodeActed, decodeStated, type RunTable, tabulate, UNASKED, VARIANTS } from './table';

/** One result for each item that Task 2 was selected for, in file order. */
export function listItemResults(run: ObservedRun): ItemResult[] {
  const steps = walkItemResults(run);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** The same in steps of some 10 ms for a whole study: between two of them its caller can do something else. */
export function* walkItemResults(run: ObservedRun): Generator<void, ItemResult[]> {
  const table = tabulate(run);
  yield;
  const notes = collectNotes(run);
  yield;
  const stated = shareAnswers(table, table.state, decodeStated);
  const acted = shareAnswers(table, table.act, decodeActed);
  return listItemFindings(table).map((finding, row): ItemResult => {
    const noted = notes(finding.scenario, finding.value);
    const actAnswers = acted(row);
    return {
      ...finding,
      stateAnswers: stated(row),
      actAnswers: noted.explanations ? explain(actAnswers, noted.explanations) : actAnswers,
      failures: noted.failures,
    };
  });
}

/** What is said about an item beside the answers themselves. */
interface ItemNotes {
  failures: number;
  /** By slot: a later answer to the same request has its own words, or none. */
  explanations?: Map<number, string>;
}

const slotOf = ({ variant, repeat }: { readonly variant: number; readonly repeat: number }) =>
  repeat * VARIANTS + variant;

function collectNotes(run: ObservedRun): (scenario: string, value: string) => ItemNotes {
  const found = new Map<string, Map<string, ItemNotes>>();
  const failedStates = new Map<string, number>();
  const of = (scenario: string, value: string): ItemNotes => {
    const byValue = found.get(scenario) ?? new Map<string, ItemNotes>();
    found.set(scenario, byValue);
    const notes: ItemNotes = byValue.get(value) ?? { failures: 0 };
    byValue.set(value, notes);
    return notes;
  };
  const countFailure = ({ scenario, value }: FailureObservation) => {
    if (value !== undefined) of(scenario, value).failures++;
    else failedStates.set(scenario, (failedStates.get(scenario) ?? 0) + 1);
  };
  for (const observation of run.observations) {
    if (observation.type === 'failure') countFailure(observation);
    if (observation.type !== 'act') continue;
    const { scenario, value, explanation } = observation;
    if (explanation) {
      const notes = of(scenario, value);
      notes.explanations ??= new Map();
      notes.explanations.set(slotOf(observation), explanation);
    } else {
      found.get(scenario)?.get(value)?.explanations?.delete(slotOf(observation));
    }
  }
  return (scenario, value) => {
    const { failures, explanations } = found.get(scenario)?.get(value) ?? { failures: 0 };
    return { explanations, failures: failures + (failedStates.get(scenario) ?? 0) };
  };
}

/**
 * The answers of a row, in the order of repeats and variants. A whole study has 118,272, which are a few dozen different
 * ones, and most rows have the answers of another row: each answer, and each list of them, is held in memory once.
 */
function shareAnswers<A extends StatedAnswer | ActedAnswer>(
  { slots }: RunTable,
  cells: Uint8Array,
  decode: (code: number) => A,
): (row: number) => readonly VariantAnswer<A>[] {
  const answers: VariantAnswer<A>[] = [];
  const lists = new Map<string, readonly VariantAnswer<A>[]>();
  const answerAt = (slot: number, code: number) => {
    const name = slot * 8 + code;
    answers[name] ??= { variant: slot % VARIANTS, repeat: Math.floor(slot / VARIANTS), answer: decode(code) };
    return answers[name];
  };
  return (row) => {
    const codes = cells.subarray(row * slots, (row + 1) * slots);
    const name = String.fromCharCode(...codes);
    const known = lists.get(name);
    if (known) return known;
    const list: VariantAnswer<A>[] = [];
    codes.forEach((code, slot) => {
      if (code !== UNASKED) list.push(answerAt(slot, code));
    });
    lists.set(name, list);
    return list;
  };
}

function explain(
  answers: readonly VariantAnswer<ActedAnswer>[],
  explanations: ReadonlyMap<number, string>,
): VariantAnswer<ActedAnswer>[] {
  return answers.map((answer) => {
    const explanation = explanations.get(slotOf(answer));
    return explanation === undefined ? answer : { ...answer, explanation };
  });
}
