/** Runs of a target model for tests of prediction, with scenarios that hold the texts. */
import type { Run } from '../../../src/core/runs/record';
import type { Polarity, Scenario } from '../../../src/core/scenario/model';
import { buildRun } from '../metrics/runs';

export interface TargetItem {
  readonly value: string;
  /** `none`: no usable answer. */
  readonly stated: Polarity | 'none';
  readonly acted: Polarity | 'none' | 'undecided';
}

const STATED = { agree: 1, disagree: 4, none: 'refused' } as const;
const ACTED = {
  agree: ['agree', 'agree'],
  disagree: ['disagree', 'disagree'],
  none: ['unparsed', 'missing'],
  undecided: ['agree', 'disagree'],
} as const;

export function buildTarget(items: readonly TargetItem[], country = 'Nigeria', topic = 'Leisure'): Run {
  const answered = items.map(({ value, stated, acted }) => ({ value, stated: [STATED[stated]], acted: ACTED[acted] }));
  return buildRun([{ country, topic, items: answered }]);
}

/** `count` items of each kind of stated answer; every third one acts otherwise than it states. */
export function listItems(agreeing: number, disagreeing: number): TargetItem[] {
  const list = (count: number, stated: Polarity) =>
    Array.from({ length: count }, (_, at): TargetItem => {
      const other = stated === 'agree' ? 'disagree' : 'agree';
      return { value: `${stated} ${at}`, stated, acted: at % 3 === 0 ? other : stated };
    });
  return [...list(agreeing, 'agree'), ...list(disagreeing, 'disagree')];
}

const range = { start: 0, end: 0 };

/** Every action says whose it is; `bare` leaves spans and explanations out. */
export function buildTexts(values: readonly string[], bare = false, country = 'Nigeria', topic = 'Leisure'): Scenario {
  const action = (value: string, polarity: Polarity) => ({
    action: `I ${polarity === 'agree' ? 'live' : 'ignore'} ${value}.`,
    attributions: bare ? [] : [polarity === 'agree' ? 'live' : 'ignore'],
    ...(!bare && { explanation: `The file's reason of ${value}, ${polarity}.` }),
    range,
    actionRange: range,
    attributionRanges: [],
  });
  return {
    name: `${country} · ${topic}`,
    country,
    topic,
    range,
    nameRange: range,
    items: values.map((value) => ({
      value,
      definition: `what ${value} is`,
      portrait: '',
      agree: action(value, 'agree'),
      disagree: action(value, 'disagree'),
      range,
      valueRange: range,
    })),
  };
}
