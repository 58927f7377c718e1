/** What the inspector is told about one item: the text on screen, and what each model was shown and answered. */
import type { Item, Scenario, ValueAction } from '../../core/scenario/model';
import { findValue } from '../../core/values';
import type { InspectedItem, InspectedModel, ShownAction } from '../../protocol/inspector';
import type { ModelItemResult } from '../runs/itemSummary';
import type { CoveredItem } from '../runs/storedRun';

/** One item in one place: a scenario of a file, or of a run whose answers were imported without a file. */
export interface InspectedPlace {
  /** Absolute path of the scenario's file; empty where there is none. */
  readonly file: string;
  /** The scenario's name; without a file, its key in the run. */
  readonly scenario: string;
  readonly value: string;
}

export interface FoundResult extends ModelItemResult {
  /** The texts the model was shown. */
  readonly asked: CoveredItem;
}

export interface ComposedParts {
  readonly place: InspectedPlace;
  /** The item as it stands on screen; undefined where its text is not in the workspace. */
  readonly onScreen: { readonly scenario: Scenario; readonly item: Item } | undefined;
  /** What matters most first. */
  readonly results: readonly FoundResult[];
  /** Which model is looked at; the first where that one has no result. */
  readonly model: string | undefined;
  /** File as people read it. */
  readonly fileName: string;
  readonly walk: InspectedItem['place'];
  readonly running: readonly string[];
  readonly canRun: boolean;
  readonly seriesOf: (model: string) => number;
  readonly sayWhen: (iso: string) => string;
}

/** Equal for two messages about the same item. */
export function keyOf({ file, scenario, value }: InspectedPlace): string {
  return JSON.stringify([file, scenario, value]);
}

/** Undefined where neither the text nor a result is there. */
export function composeItem(parts: ComposedParts): InspectedItem | undefined {
  const { place, onScreen, results } = parts;
  const asked = results[0]?.asked;
  if (!onScreen && !asked) return undefined;
  const scenario = onScreen?.scenario ?? asked?.scenario;
  return {
    type: 'show',
    key: keyOf(place),
    scenario: place.scenario,
    country: scenario?.country ?? '',
    topic: scenario?.topic ?? '',
    file: parts.fileName,
    value: place.value,
    definition: onScreen?.item.definition ?? asked?.item.definition ?? '',
    motivationalType: findValue(place.value)?.motivationalType ?? '',
    models: results.map((found) => describeModel(found, parts)),
    selected: Math.max(
      0,
      results.findIndex(({ model }) => model === parts.model),
    ),
    place: parts.walk,
    running: [...parts.running],
    canRun: parts.canRun,
  };
}

function describeModel(found: FoundResult, { onScreen, seriesOf, sayWhen }: ComposedParts): InspectedModel {
  const { model, result, stale, asked, startedAt } = found;
  const { agree, disagree } = asked.item;
  return {
    model,
    version: JSON.stringify([found.run, result.stateAnswers.length, result.actAnswers.length, result.failures]),
    series: seriesOf(model),
    asked: sayWhen(startedAt),
    status: result.status,
    ...(result.direction && { direction: result.direction }),
    stale,
    stated: result.stated,
    acted: result.acted,
    distance: result.distance,
    stateAnswers: [...result.stateAnswers],
    actAnswers: [...result.actAnswers],
    failures: result.failures,
    ...(agree !== undefined && { agree: describeAction(agree, onScreen?.item.agree) }),
    ...(disagree !== undefined && { disagree: describeAction(disagree, onScreen?.item.disagree) }),
  };
}

/** Attributions and explanation belong to the text on screen: an action that was rewritten since has none. */
function describeAction(shown: string, now: ValueAction | undefined): ShownAction {
  if (now?.action !== shown) return { action: shown, attributions: [] };
  return {
    action: shown,
    attributions: [...now.attributions],
    ...(now.explanation !== undefined && { explanation: now.explanation }),
  };
}
