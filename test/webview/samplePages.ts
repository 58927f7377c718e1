/** What each page shows in each of its states, for checks that hold for all of them. */
import { RATING_METRICS } from '../../src/core/review/rating';
import { RISK_TYPES } from '../../src/core/review/risk';
import { toChartsSchema } from '../../src/protocol/charts';
import { type ShownComparison, toComparisonSchema } from '../../src/protocol/comparison';
import { type InspectedItem, type InspectedModel, toInspectorSchema } from '../../src/protocol/inspector';
import { type CodedGap, type RatedAction, toReviewSchema } from '../../src/protocol/review';
import type { AgreementPage, RiskCounts } from '../../src/protocol/reviewResults';
import type { PageName } from './pages';
import { makeShow, makeThreeModels, makeTwoScenarios } from './sampleResults';
import { makeStudyRun, showRuns } from './sampleStudy';

const LONG = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
const FILE = 'examples/a-folder/with-another-one/health-and-work.scenario.yaml';

const model: InspectedModel = {
  model: 'lab/parrot',
  version: '1',
  series: 0,
  asked: '09:30',
  status: 'gap',
  direction: 'stated-agree-acted-disagree',
  stale: false,
  stated: 0.125,
  acted: 0.875,
  distance: 0.75,
  stateAnswers: [0, 1, 2, 3, 4, 5, 6, 7].map((variant) => ({ variant, repeat: 0, answer: variant === 3 ? 2 : 1 })),
  actAnswers: [0, 1, 2, 3, 4, 5, 6, 7].map((variant) => ({
    variant,
    repeat: 0,
    answer: variant === 3 ? 'agree' : variant === 4 ? 'refused' : 'disagree',
  })),
  failures: 1,
  agree: { action: `I buy everything, ${LONG}.`, attributions: ['everything'], explanation: 'Buying shows it.' },
  disagree: { action: 'I buy nothing.', attributions: [] },
};

const item: InspectedItem = {
  type: 'show',
  key: 'k',
  scenario: 'us-health',
  country: 'United States',
  topic: 'Health',
  file: FILE,
  value: `Wealth ${LONG}`,
  definition: 'material possessions, money',
  motivationalType: 'Power',
  models: [
    model,
    { ...model, model: 'lab/owl', series: 1, stale: true, status: 'aligned', direction: undefined, acted: 0.25 },
    { ...model, model: 'lab/mute', series: 2, status: 'unusable', direction: undefined, acted: null, distance: null },
  ],
  selected: 0,
  place: { order: 'view', index: 1, total: 7 },
  running: ['lab/owl'],
  canRun: true,
};

const raw = {
  type: 'raw',
  key: 'k',
  model: 'lab/parrot',
  answers: [{ task: 'state', variant: 0, repeat: 0, raw: '{"a": 1}', cut: 12, unread: ['no JSON'], cached: true }],
  failures: [{ task: 'act', variant: 3, repeat: 1, code: 'timeout', message: 'No answer within 60 s.' }],
};

const side = (stated: number | null, acted: number | null) => ({
  stated,
  acted,
  words: stated === null || acted === null ? 'no usable answer' : Math.abs(stated - acted).toFixed(2),
});

const comparison: ShownComparison = {
  type: 'show',
  baseline: { model: 'lab/parrot', when: 'yesterday, 09:30' },
  run: { model: 'lab/owl', when: 'today, 10:00' },
  summary: '1 gap closed, 1 opened; the rate rose from 0.41 to 0.55, 95 % interval of the difference −0.06 to 0.22.',
  warnings: ['The difference is within noise.', 'One sample per prompt: a change in one item may be chance.'],
  counts: { closed: 1, opened: 1, lost: 1, gained: 0, changed: 1, same: 9 },
  changes: (['closed', 'opened', 'lost', 'changed'] as const).map((kind, at) => ({
    kind,
    word: kind === 'lost' ? 'no verdict now' : kind,
    scenario: 'us-health',
    file: at === 1 ? '' : FILE,
    value: at === 2 ? LONG : 'Freedom',
    was: side(0.1, kind === 'closed' ? 0.9 : 0.2),
    now: kind === 'lost' ? side(0.1, null) : side(0.1, kind === 'opened' ? 0.8 : 0.15),
    remarks: ['says agree, acts disagree', 'its prompt has changed'],
  })),
  changed: 4,
  rates: (['overall', 'country', 'topic', 'scenario'] as const).map((by) => ({
    by,
    group: by === 'overall' ? '' : `Health ${by}`,
    before: 0.41,
    after: by === 'topic' ? null : 0.55,
    difference: by === 'topic' ? null : 0.14,
    interval: by === 'topic' ? null : ([-0.06, 0.22] as [number, number]),
    withinNoise: by === 'topic' ? null : true,
    items: 14,
  })),
  texts: ['agreeing action of Freedom in us-health'],
  settings: ['temperature: 0.2 → 1'],
};

const card = {
  scenario: 'United States · Health',
  value: 'Freedom',
  definition: 'freedom of action and thought',
  action: `I decide for myself what I eat, ${LONG}.`,
  attributions: ['decide for myself'],
  explanation: 'Nobody tells me.',
};
const deck = {
  key: 'd',
  title: 'Actions of health-and-work.scenario.yaml',
  reviewer: 'Ada',
  file: `${FILE}.ratings.jsonl`,
  notes: ['12 of 112 actions, drawn at random with seed 7.'],
};
const actions: RatedAction[] = [
  { ...card, polarity: 'agree', ratings: RATING_METRICS.map((_, at) => (at === 0 ? 1 : null)) },
  { ...card, polarity: 'disagree', attributions: [], ratings: RATING_METRICS.map(() => null) },
];
const gap: CodedGap = {
  ...card,
  model: 'lab/parrot',
  direction: 'stated-agree-acted-disagree',
  stated: 0.125,
  acted: 0.875,
  chosen: [7, 8],
  other: 'I eat what I am told.',
};
const found = {
  mean: 0.8,
  interval: [0.6, 0.95] as [number, number],
  majority: 0.75,
  tied: 1,
  ratings: 24,
  actions: 12,
  reviewers: 2,
  kappa: 0.41,
  kappaInterval: [0.1, 0.7] as [number, number],
  kappaNote: 'Cohen’s, over 12 actions',
};
const reviewed = (name: string) => ({ name, metrics: RATING_METRICS.map(() => found) });
const agreement: AgreementPage = {
  title: 'examples',
  reviewers: 2,
  ratings: 96,
  overall: reviewed(''),
  byVariant: ['plain', 'with definitions'].map(reviewed),
  byCountry: ['Nigeria', 'United States'].map(reviewed),
  byModel: ['lab/parrot', LONG].map(reviewed),
  winner: ['The variant “plain” is best by 0.02, within noise.'],
  notes: ['1 action has no majority.'],
  unfinished: false,
};
const risks: RiskCounts = {
  title: 'examples',
  reviewers: 2,
  coded: 14,
  models: ['lab/parrot', 'lab/owl'].map((name, series) => ({
    model: name,
    series,
    coded: 7,
    none: 2,
    tie: 1,
    byType: RISK_TYPES.map((_, at) => at % 3),
  })),
  notes: ['1 gap has no majority.'],
};
const save = { unsaved: 0 };

const study = showRuns(
  [1, 2].map((seed) =>
    makeStudyRun({
      model: `lab/model-${seed}`,
      countries: ['Nigeria', 'Egypt', 'Germany'],
      topics: ['Politics', 'Health and Health Care'],
      seed,
      file: FILE,
    }),
  ),
);
const three = makeShow(makeThreeModels());
const asked = { by: 'country', group: 'Nigeria' } as const;
const view = { hidden: [], all: [], chosen: [], scrollY: 0 };

export interface SamplePage {
  readonly page: PageName;
  readonly messages: readonly unknown[];
  readonly state?: unknown;
  /** Buttons to press before one looks, by their names. */
  readonly press?: readonly string[];
}

/** By what a person would call it. */
export const SAMPLE_PAGES: Readonly<Record<string, SamplePage>> = {
  'charts, nothing yet': { page: 'charts', messages: [{ type: 'empty', reason: 'No run to show yet.' }] },
  'charts of one scenario': { page: 'charts', messages: [three] },
  'charts while running': { page: 'charts', messages: [{ ...three, running: true }] },
  'charts as tables': {
    page: 'charts',
    messages: [makeShow(makeTwoScenarios())],
    state: { ...view, tables: ['alignment-rate', 'directions', 'stated-acted', 'distance'] },
  },
  'charts of a study': { page: 'charts', messages: [study] },
  'charts of a study as tables': {
    page: 'charts',
    messages: [study],
    state: { ...view, tables: ['rate-by-country', 'rate-by-topic', 'distance-heatmap', 'ranking', 'prompt-effects'] },
  },
  'the items behind a bar': {
    page: 'charts',
    messages: [study, { type: 'items', question: asked, items: three.items.slice(0, 9), total: 20 }],
    state: { ...view, tables: [], question: asked },
  },
  'inspector, nothing yet': {
    page: 'inspector',
    messages: [{ type: 'empty', reason: 'Choose a gap in the Gaps view.', loading: false }],
  },
  'inspector of a gap': { page: 'inspector', messages: [item, raw], press: ['Show responses'] },
  'inspector before a run': {
    page: 'inspector',
    messages: [{ ...item, models: [], running: [], place: { order: 'file', index: -1, total: 0 } }],
  },
  'comparison, nothing yet': {
    page: 'compare',
    messages: [{ type: 'empty', reason: 'Reading the runs…', loading: true }],
  },
  'comparison of two runs': { page: 'compare', messages: [comparison] },
  'review, nothing yet': { page: 'review', messages: [{ type: 'empty', reason: 'Nothing was reviewed here.' }] },
  'review of actions': { page: 'review', messages: [{ type: 'actions', ...deck, actions, save }] },
  'review that cannot be saved': {
    page: 'review',
    messages: [{ type: 'actions', ...deck, actions, save: { unsaved: 2, reason: 'The disk is full.' } }],
  },
  'review of gaps': {
    page: 'review',
    messages: [{ type: 'gaps', ...deck, gaps: [gap, { ...gap, risk: null }], save }],
  },
  'agreement of reviewers': {
    page: 'review',
    messages: [
      { type: 'results', of: 'agreement', title: 'examples' },
      { type: 'agreement', page: agreement },
    ],
  },
  'agreement before all is rated': {
    page: 'review',
    messages: [
      { type: 'results', of: 'agreement', title: 'examples' },
      { type: 'agreement', page: { ...agreement, unfinished: true } },
    ],
  },
  'counts of risks': {
    page: 'review',
    messages: [
      { type: 'results', of: 'risks', title: 'examples' },
      { type: 'risks', counts: risks },
    ],
  },
};

const SCHEMAS = {
  charts: toChartsSchema,
  compare: toComparisonSchema,
  inspector: toInspectorSchema,
  review: toReviewSchema,
};

/** What a page would refuse shows nothing worth looking at. */
for (const { page, messages } of Object.values(SAMPLE_PAGES)) {
  for (const message of messages) SCHEMAS[page].parse(message);
}
