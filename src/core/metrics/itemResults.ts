/** What was found about each item of a run, with every answer behind it. */
import type { ActedAnswer, ObservedRun, StatedAnswer } from '../runs/record';
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
  // A later answer to the same request has its own words, or none.
  const explanations: (string | undefined)[] = [];
  const table = tabulate(run, (cell, { explanation }) => {
    explanations[cell] = explanation || undefined;
  });
  yield;
  const failuresOf = countFailures(run);
  yield;
  const stated = shareAnswers(table, table.state, decodeStated);
  const acted = shareAnswers(table, table.act, decodeActed);
  return listItemFindings(table).map((finding, row): ItemResult => {
    const first = row * table.slots;
    return {
      ...finding,
      stateAnswers: stated(row),
      actAnswers: explain(acted(row), (slot) => explanations[first + slot]),
      failures: failuresOf(finding.scenario, finding.value),
    };
  });
}

function countFailures(run: ObservedRun): (scenario: string, value: string) => number {
  const failures = new Map<string, Map<string | undefined, number>>();
  for (const observation of run.observations) {
    if (observation.type !== 'failure') continue;
    const { scenario, value } = observation;
    const byValue = failures.get(scenario) ?? new Map<string | undefined, number>();
    failures.set(scenario, byValue);
    byValue.set(value, (byValue.get(value) ?? 0) + 1);
  }
  return (scenario, value) => {
    const byValue = failures.get(scenario);
    // A request of Task 1 is about all values at once.
    return (byValue?.get(value) ?? 0) + (byValue?.get(undefined) ?? 0);
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

/** The same list where nothing was explained. */
function explain(
  answers: readonly VariantAnswer<ActedAnswer>[],
  explanationAt: (slot: number) => string | undefined,
): readonly VariantAnswer<ActedAnswer>[] {
  let explained: VariantAnswer<ActedAnswer>[] | undefined;
  answers.forEach(({ variant, repeat, answer }, at) => {
    const explanation = explanationAt(repeat * VARIANTS + variant);
    if (explanation === undefined) return;
    explained ??= [...answers];
    explained[at] = { variant, repeat, answer, explanation };
  });
  return explained ?? answers;
}
