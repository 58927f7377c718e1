/** How well an observer predicts: F1 of True beside answering True always, in each setting. */
import { type BootstrapOptions, DEFAULT_BOOTSTRAP, type Interval, resampleItems } from '../metrics/bootstrap';
import { type Confusion, computeF1, computePrecision, computeRecall, countItems } from '../metrics/confusion';
import { testMcNemar } from '../metrics/mcnemar';
import { predictionId } from './assignment';
import { describeExtrasOf } from './prompts';
import type { LabelledItem, PredictedAnswer, PredictionHeader, PredictionObservation, Setting } from './record';

/** Counts with True as the positive class: the truth against what was predicted. */
export type PredictionCounts = Confusion;

export interface PredictionScore {
  readonly confusion: PredictionCounts;
  /** F1 of True, 0…1; null where nothing is true or predicted true. */
  readonly f1: number | null;
  /** Bootstrap 95 %, resampling test items; null where there is no F1. */
  readonly interval: Interval | null;
  /** F1 of answering True to each of the same items: 0.667 where both classes are equally large. */
  readonly baseline: number | null;
  readonly precision: number | null;
  readonly recall: number | null;
  /** Items with an answer, True or False. */
  readonly answered: number;
  readonly refused: number;
  readonly unparsed: number;
  /** Items without any reply: the request failed, or was not asked yet. */
  readonly unanswered: number;
}

export interface GroupScore extends PredictionScore {
  readonly group: string;
}

/** A setting against action alone, over the items that both answered; exact McNemar test. */
export interface PairedComparison {
  readonly items: number;
  /** Right only with the setting's extras. */
  readonly gained: number;
  /** Right only without them. */
  readonly lost: number;
  /** Two-sided, 0…1. */
  readonly p: number;
}

export interface SettingScore extends PredictionScore {
  readonly setting: Setting;
  /** Test items that show more than the action in this setting; the others look the same in all of them. */
  readonly showingMore: number;
  /** Null for action alone, and where it was not asked. */
  readonly againstAction: PairedComparison | null;
  readonly byCountry: readonly GroupScore[];
  readonly byTopic: readonly GroupScore[];
}

/** Answers by request; the first one to a request counts. */
export type PredictedAnswers = ReadonlyMap<string, PredictedAnswer>;

export function collectPredicted(observations: Iterable<PredictionObservation>): PredictedAnswers {
  const answers = new Map<string, PredictedAnswer>();
  for (const observation of observations) {
    if (observation.type !== 'prediction') continue;
    const id = predictionId(observation.key);
    if (!answers.has(id)) answers.set(id, observation.answer);
  }
  return answers;
}

/** In the order of the header's settings. Neither True nor False is counted, and part of no score. */
export function scorePredictions(
  header: Pick<PredictionHeader, 'settings' | 'tests'>,
  predicted: PredictedAnswers,
  bootstrap: BootstrapOptions = DEFAULT_BOOTSTRAP,
): SettingScore[] {
  const { settings, tests } = header;
  const answersOf = (setting: Setting) =>
    tests.map((_, item) => predicted.get(predictionId({ part: 'test', setting, item })));
  const alone = settings.includes('action') ? answersOf('action') : undefined;
  return settings.map((setting): SettingScore => {
    const answers = answersOf(setting);
    const groupBy = (nameOf: (item: LabelledItem) => string) => scoreGroups(tests, answers, nameOf, bootstrap);
    return {
      setting,
      ...scoreItems(tests, answers, bootstrap),
      showingMore: tests.filter(({ action }) => describeExtrasOf(setting, action).length > 0).length,
      againstAction: setting !== 'action' && alone ? compareAnswers(tests, alone, answers) : null,
      byCountry: groupBy(({ country }) => country),
      byTopic: groupBy(({ topic }) => topic),
    };
  });
}

/** From counts alone, e.g. published ones; what is not in them is none. */
export function scoreConfusion(
  confusion: PredictionCounts,
  bootstrap: BootstrapOptions = DEFAULT_BOOTSTRAP,
): Omit<PredictionScore, 'refused' | 'unparsed' | 'unanswered'> {
  const truths = confusion.truePositive + confusion.falseNegative;
  const answered = countItems(confusion);
  return {
    confusion,
    f1: computeF1(confusion),
    interval: resampleItems(confusion, bootstrap),
    baseline: truths === 0 ? null : (2 * truths) / (truths + answered),
    precision: computePrecision(confusion),
    recall: computeRecall(confusion),
    answered,
  };
}

type Answers = readonly (PredictedAnswer | undefined)[];

function scoreItems(tests: readonly LabelledItem[], answers: Answers, bootstrap: BootstrapOptions): PredictionScore {
  const confusion = { truePositive: 0, falsePositive: 0, falseNegative: 0, trueNegative: 0 };
  const others = { refused: 0, unparsed: 0, unanswered: 0 };
  for (const [at, { truth }] of tests.entries()) {
    const answer = answers[at];
    if (answer === 'true') confusion[truth ? 'truePositive' : 'falsePositive']++;
    else if (answer === 'false') confusion[truth ? 'falseNegative' : 'trueNegative']++;
    else others[answer ?? 'unanswered']++;
  }
  return { ...scoreConfusion(confusion, bootstrap), ...others };
}

/** In alphabetical order. */
function scoreGroups(
  tests: readonly LabelledItem[],
  answers: Answers,
  nameOf: (item: LabelledItem) => string,
  bootstrap: BootstrapOptions,
): GroupScore[] {
  const groups = new Map<string, number[]>();
  for (const [at, item] of tests.entries()) {
    const members = groups.get(nameOf(item));
    if (members) members.push(at);
    else groups.set(nameOf(item), [at]);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([group, members]) => ({
      group,
      ...scoreItems(
        members.map((at) => tests[at] as LabelledItem),
        members.map((at) => answers[at]),
        bootstrap,
      ),
    }));
}

function compareAnswers(tests: readonly LabelledItem[], alone: Answers, extended: Answers): PairedComparison {
  const counts = { items: 0, gained: 0, lost: 0 };
  for (const [at, { truth }] of tests.entries()) {
    const before = isRight(alone[at], truth);
    const after = isRight(extended[at], truth);
    if (before === undefined || after === undefined) continue;
    counts.items++;
    if (after && !before) counts.gained++;
    if (before && !after) counts.lost++;
  }
  return { ...counts, p: testMcNemar(counts.gained, counts.lost) };
}

function isRight(answer: PredictedAnswer | undefined, truth: boolean): boolean | undefined {
  if (answer !== 'true' && answer !== 'false') return undefined;
  return (answer === 'true') === truth;
}
