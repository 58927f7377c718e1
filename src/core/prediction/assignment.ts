/** Predicting as an assignment: its requests, and what becomes of their replies. */
import type { Assignment, Failure } from '../runs/assignment';
import type { Prompt, ReceivedReply } from '../runs/exchange';
import { predictionAnswerFormat, renderPrediction, type ShownCase } from './prompts';
import { readPredicted } from './readPredicted';
import type {
  Label,
  LabelledItem,
  Prediction,
  PredictionFailure,
  PredictionHeader,
  PredictionKey,
  PredictionObservation,
  Setting,
} from './record';

export type PredictionPlan = Pick<PredictionHeader, 'label' | 'settings' | 'examples' | 'tests' | 'forecast'> & {
  readonly model: Pick<PredictionHeader['model'], 'parameters'>;
};

/** Equal for two keys of the same request, and for the line that answers it. */
export function predictionId(key: PredictionKey): string {
  return key.part === 'test'
    ? JSON.stringify(['test', key.setting, key.item])
    : JSON.stringify(['forecast', key.label, key.polarity, key.item]);
}

/** Of a forecast: both questions about both actions, see `likelyGap.ts`. */
const FORECAST_QUESTIONS = (['acted', 'stated'] as const).flatMap((label) =>
  (['agree', 'disagree'] as const).map((polarity) => ({ label, polarity })),
);

interface Question {
  readonly label: Label;
  readonly setting: Setting;
  readonly examples: readonly LabelledItem[];
  readonly asked: ShownCase;
}

export class Predicting implements Assignment<PredictionKey, PredictionObservation> {
  constructor(private readonly plan: PredictionPlan) {}

  get parameters() {
    return this.plan.model.parameters;
  }

  count(): number {
    const { settings, tests, forecast } = this.plan;
    return settings.length * tests.length + FORECAST_QUESTIONS.length * (forecast?.items.length ?? 0);
  }

  /** Setting by setting, so that what the cases of a setting share is sent one after the other. */
  *list(): Generator<PredictionKey> {
    for (const setting of this.plan.settings) {
      for (const item of this.plan.tests.keys()) yield { part: 'test', setting, item };
    }
    for (const question of FORECAST_QUESTIONS) {
      for (const item of this.plan.forecast?.items.keys() ?? []) yield { part: 'forecast', ...question, item };
    }
  }

  idOf(key: PredictionKey): string {
    return predictionId(key);
  }

  requestOf({ key }: PredictionObservation): PredictionKey {
    return key;
  }

  describe(key: PredictionKey): string {
    const items = key.part === 'test' ? this.plan.tests : this.plan.forecast?.items;
    const value = items?.[key.item]?.value ?? '';
    return key.part === 'test' ? `${value} (${key.setting})` : `${value}, ${key.label} (forecast)`;
  }

  /** @throws {RangeError} where the prediction has no such item. */
  render(key: PredictionKey): Prompt {
    const { label, setting, examples, asked } = this.find(key);
    return { messages: renderPrediction(label, setting, examples, asked), answerFormat: predictionAnswerFormat() };
  }

  read(key: PredictionKey, reply: ReceivedReply): Prediction {
    return { type: 'prediction', key, answer: readPredicted(reply.raw), ...reply };
  }

  fail(key: PredictionKey, { code, message, at }: Failure): PredictionFailure {
    return { type: 'failure', key, failure: { code, message }, at };
  }

  couldNotBeRead(observation: PredictionObservation): boolean {
    return observation.type === 'prediction' && observation.answer === 'unparsed';
  }

  countUnusable(observation: PredictionObservation): number {
    return observation.type === 'prediction' && ['unparsed', 'refused'].includes(observation.answer) ? 1 : 0;
  }

  /** One file for each label and setting: all its cases are wanted together. */
  shelfOf(key: PredictionKey): readonly string[] {
    const { label, setting } = this.find(key);
    return ['predict', label, setting];
  }

  /** Two cases with the same texts are the same question. */
  sampleOf(): readonly (string | number)[] {
    return ['predict'];
  }

  private find(key: PredictionKey): Question {
    const { label, examples, tests, forecast } = this.plan;
    if (key.part === 'test') {
      const asked = tests[key.item];
      if (asked) return { label, setting: key.setting, examples, asked };
    } else {
      const item = forecast?.items[key.item];
      if (forecast && item) {
        const { setting } = forecast;
        const asked = { ...item, action: item[key.polarity] };
        return { label: key.label, setting, examples: forecast.examples[key.label], asked };
      }
    }
    throw new RangeError(`The prediction has no ${key.part} item ${key.item}.`);
  }
}
