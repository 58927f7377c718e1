/** What was found about each item of a run, with every answer behind it. */
import type { ActedAnswer, Run, StatedAnswer } from '../runs/record';
import { listItemFindings } from './itemFindings';
import type { ItemResult, VariantAnswer } from './results';
import { tabulate } from './table';

/** One result for each item that Task 2 was selected for, in file order. */
export function listItemResults(run: Run): ItemResult[] {
  const answers = collectAnswers(run);
  return listItemFindings(tabulate(run)).map((finding): ItemResult => {
    const of = answers(finding.scenario, finding.value);
    return {
      ...finding,
      stateAnswers: sortAnswers(of.state),
      actAnswers: sortAnswers(of.act),
      failures: of.failures,
    };
  });
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
  const same = shareAnswers();
  for (const observation of run.observations) {
    const { scenario, variant, repeat } = observation;
    const slot = `${repeat}/${variant}`;
    if (observation.type === 'state') {
      for (const [value, answer] of observation.answers)
        of(scenario, value).state.set(slot, same({ variant, repeat, answer }));
    } else if (observation.type === 'act') {
      const { value, answer, explanation } = observation;
      of(scenario, value).act.set(
        slot,
        explanation ? { variant, repeat, answer, explanation } : same({ variant, repeat, answer }),
      );
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

/** A whole study has 118,272 answers, which are a few dozen different ones: each is held in memory once. */
function shareAnswers(): <A extends StatedAnswer | ActedAnswer>(answer: VariantAnswer<A>) => VariantAnswer<A> {
  const known = new Map<string, VariantAnswer<never>>();
  return <A extends StatedAnswer | ActedAnswer>(fresh: VariantAnswer<A>) => {
    const name = `${fresh.repeat}/${fresh.variant}/${fresh.answer}`;
    const kept = known.get(name);
    if (!kept) known.set(name, fresh as VariantAnswer<never>);
    return kept ?? fresh;
  };
}

function sortAnswers<A>(answers: ReadonlyMap<string, VariantAnswer<A>>): VariantAnswer<A>[] {
  return [...answers.values()].sort((a, b) => a.repeat - b.repeat || a.variant - b.variant);
}
