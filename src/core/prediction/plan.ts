/** From a target's run and a wish to what the observer is asked. */
import {
  chooseSystem,
  countRequests,
  requestId,
  requestOf,
  type ScenarioSelection,
  snapshotSelection,
} from '../runs/plan';
import type { ObservedRun } from '../runs/record';
import { findValue } from '../values';
import { type ActionTexts, showAction } from './actionTexts';
import { richestSetting } from './likelyGap';
import { describeExtrasOf } from './prompts';
import type { Forecast, ForecastItem, PredictionHeader, Setting } from './record';
import { drawSample, SampleError, type SampleWish } from './sampling';
import { listUsableItems, type UsableItems } from './usableItems';

export interface PredictionWish extends SampleWish {
  readonly settings: readonly Setting[];
  /** Scenarios whose items the target may never have been asked about; those that it was are left out. */
  readonly forecast?: readonly ScenarioSelection[];
}

export type PlannedPrediction = Pick<
  PredictionHeader,
  'target' | 'label' | 'settings' | 'seed' | 'drawn' | 'examples' | 'tests' | 'forecast'
> & {
  /** Settings that would show the same as another one, since nobody wrote down what they add. */
  readonly dropped: readonly Setting[];
};

/** @throws {SampleError} where nothing can be predicted; the message says why and what to do. */
export function planPrediction(run: ObservedRun, texts: ActionTexts, wish: PredictionWish): PlannedPrediction {
  const { id, model, systemLabel, startedAt } = run.header;
  const usable = listUsableItems(run, texts);
  const { label, seed } = wish;
  const { drawn, examples, tests } = drawSample(usable, wish);
  const shown = [...examples, ...tests].map(({ action }) => action);
  const settings = listTellingSettings(wish.settings, (setting) =>
    JSON.stringify(shown.map((action) => describeExtrasOf(setting, action))),
  );
  if (settings.length === 0) {
    throw new SampleError(
      `Nobody wrote down what ${wish.settings.join(' and ')} would add to the actions. Name the scenario files that say so, or predict from the actions alone.`,
      'nothing-to-show',
    );
  }
  const forecast = planForecast(run, usable, settings, wish);
  return {
    target: { run: id, model: model.id, ...(systemLabel !== undefined && { systemLabel }), startedAt },
    label,
    settings,
    seed,
    drawn,
    examples: [...examples],
    tests: [...tests],
    ...(forecast && { forecast }),
    dropped: wish.settings.filter((setting) => !settings.includes(setting)),
  };
}

/** Those that add something to the actions, and not the same as another one. */
function listTellingSettings(settings: readonly Setting[], writeExtras: (setting: Setting) => string): Setting[] {
  const known = new Set([writeExtras('action')]);
  return settings.filter((setting) => {
    const extras = writeExtras(setting);
    if (setting === 'action') return true;
    if (known.has(extras)) return false;
    known.add(extras);
    return true;
  });
}

function planForecast(
  run: ObservedRun,
  usable: UsableItems,
  settings: readonly Setting[],
  { examples, seed, forecast }: PredictionWish,
): Forecast | undefined {
  const items = listUnasked(run, forecast ?? []);
  if (items.length === 0) return undefined;
  const draw = (label: 'stated' | 'acted') => [...drawSample(usable, { label, examples, tests: 0, seed }).examples];
  return {
    setting: richestSetting(settings),
    examples: { stated: draw('stated'), acted: draw('acted') },
    items,
  };
}

/** Items with both actions that the run has no answer about, in the text that they have now. */
export function listUnasked(run: ObservedRun, files: readonly ScenarioSelection[]): ForecastItem[] {
  const { systemLabel } = run.header;
  const selection = files.map((selected) => ({
    ...selected,
    scenario: chooseSystem(selected.scenario, systemLabel),
  }));
  const asked = new Set(
    run.header.scenarios.flatMap((scenario) =>
      scenario.items.filter(({ act }) => act === 'asked').map((item) => nameItem(scenario, item)),
    ),
  );
  const scenarios = new Map(selection.map(({ file, scenario }) => [JSON.stringify([file, scenario.name]), scenario]));
  return snapshotSelection(selection).flatMap((snapshot) => {
    const { file, name, country, topic } = snapshot;
    const byValue = new Map(scenarios.get(JSON.stringify([file, name]))?.items.map((item) => [item.value, item]));
    return snapshot.items.flatMap((item): ForecastItem[] => {
      const { agree, disagree } = byValue.get(item.value) ?? {};
      if (item.act !== 'asked' || !agree || !disagree || asked.has(nameItem(snapshot, item))) return [];
      return [
        {
          ...{ scenario: name, file, country, topic, value: item.value },
          definition: item.definition ?? findValue(item.value)?.definition ?? '',
          ...(item.actHash !== undefined && { actHash: item.actHash }),
          agree: showAction('agree', agree.action, agree),
          disagree: showAction('disagree', disagree.action, disagree),
        },
      ];
    });
  });
}

/** An item whose text was changed is another one. */
function nameItem(
  { country, topic }: { readonly country: string; readonly topic: string },
  { value, agree, disagree }: { readonly value: string; readonly agree?: string; readonly disagree?: string },
): string {
  return JSON.stringify([country, topic, value, agree, disagree]);
}

/** Requests of a run that have no answer: it is not finished, or some failed. */
export function countUnanswered({ header, observations }: ObservedRun): number {
  const answered = new Set<string>();
  for (const observation of observations) {
    if (observation.type !== 'failure') answered.add(requestId(requestOf(observation)));
  }
  return Math.max(0, countRequests(header) - answered.size);
}
