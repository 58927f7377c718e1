/** What was found about each item of a run, with every answer behind it. */
import type { ActedAnswer, Run, StatedAnswer } from '../runs/record';
import { judgeItem, scoreItems } from './itemScores';
import type { ItemResult, VariantAnswer } from './results';
import { tabulate } from './table';

/** One result for each item that Task 2 was selected for, in file order. */
export function listItemResults(run: Run): ItemResult[] {
  const table = tabulate(run);
  const { stated, acted } = scoreItems(table);
  const answers = collectAnswers(run);
  return table.scenarios.flatMap(({ key, file, firstRow, endRow }) =>
    Array.from({ length: endRow - firstRow }, (_, offset): ItemResult => {
      const row = firstRow + offset;
      const value = table.values[row] as string;
      const of = answers(key, value);
      const s = stated[row] as number;
      const a = acted[row] as number;
      return {
        scenario: key,
        file,
        value,
        ...judgeItem(s, a, table.incomplete[row] === 1),
        stated: Number.isNaN(s) ? null : s,
        acted: Number.isNaN(a) ? null : a,
        distance: Number.isNaN(s) || Number.isNaN(a) ? null : Math.abs(s - a),
        stateAnswers: sortAnswers(of.state),
        actAnswers: sortAnswers(of.act),
        failures: of.failures,
      };
    }),
  );
}

interface ItemAnswers {
  readonly state: Map<string, VariantAnswer<StatedAnswer>>;
  readonly act: Map<string, VariantAnswer<ActedAnswer>>;
  failures: number;
}

/** Answers by scenario and value; the last one to a request stands. */
function collectAnswers(run: Run): (scenario: string, value: string) => ItemAnswers {
  const found = new Map<string, Map<string, ItemAnswers>>();
  const failedStates = new Map<string, number>();
  const of = (scenario: string, value: string): ItemAnswers => {
    const byValue = found.get(scenario) ?? new Map<string, ItemAnswers>();
    found.set(scenario, byValue);
    const answers = byValue.get(value) ?? { state: new Map(), act: new Map(), failures: 0 };
    byValue.set(value, answers);
    return answers;
  };
  for (const observation of run.observations) {
    const { scenario, variant, repeat } = observation;
    const slot = `${repeat}/${variant}`;
    if (observation.type === 'state') {
      for (const [value, answer] of observation.answers)
        of(scenario, value).state.set(slot, { variant, repeat, answer });
    } else if (observation.type === 'act') {
      const { value, answer, explanation } = observation;
      of(scenario, value).act.set(slot, { variant, repeat, answer, ...(explanation && { explanation }) });
    } else if (observation.value !== undefined) {
      of(scenario, observation.value).failures++;
    } else {
      failedStates.set(scenario, (failedStates.get(scenario) ?? 0) + 1);
    }
  }
  return (scenario, value) => {
    const answers = of(scenario, value);
    return { ...answers, failures: answers.failures + (failedStates.get(scenario) ?? 0) };
  };
}

function sortAnswers<A>(answers: ReadonlyMap<string, VariantAnswer<A>>): VariantAnswer<A>[] {
  return [...answers.values()].sort((a, b) => a.repeat - b.repeat || a.variant - b.variant);
}
