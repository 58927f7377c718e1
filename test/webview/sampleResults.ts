/** Made-up results with everything in them that a chart must cope with. Aggregates are counted from the items. */
import type { ItemRow, ModelRow, ToCharts } from '../../src/protocol/charts';

export type Show = Extract<ToCharts, { type: 'show' }>;

const FILE = 'examples/health.scenario.yaml';
const VALUES = [
  'Social Power',
  'Equality',
  'Freedom',
  'Wealth',
  'Privacy',
  'Honoring of Parents and Elders',
  'Humble',
  'Protecting the Environment',
  'Obedient',
  'Healthy',
  'Daring',
  'Accepting my Portion in Life',
] as const;

/** Stated and acted by model; null for no usable answer. Humble is unusable for all, Daring incomplete. */
const ANSWERS: Readonly<Record<string, readonly (readonly [number | null, number | null])[]>> = {
  'openai/gpt-4o-mini': [
    [0.13, 0.88],
    [0.04, 0],
    [0.08, 0.13],
    [0.71, 0.25],
    [0.33, 0.5],
    [0.04, 0.75],
    [0.29, null],
    [0.08, 0],
    [0.5, 0.13],
    [0, 0],
    [0.42, null],
    [0.67, 0.88],
  ],
  'ollama/llama3.2': [
    [0.33, 0.38],
    [0.17, 0.25],
    [0.21, 0.96],
    [0.67, 0.75],
    [0.25, 0.25],
    [0.12, 0.13],
    [null, null],
    [0.25, 0.13],
    [0.38, 0.63],
    [0.08, 0.13],
    [0.5, null],
    [0.54, 0.13],
  ],
  'builtin/smollm2-135m': [
    [0.25, 0.25],
    [0.29, 0.13],
    [0.21, 0.25],
    [0.33, 0.38],
    [0.29, 0.13],
    [0.25, 0.25],
    [null, null],
    [0.33, 0.25],
    [0.29, 0.38],
    [0.21, 0.13],
    [0.25, null],
    [0.29, 0.25],
  ],
};

export function makeItem(
  run: string,
  value: string,
  stated: number | null,
  acted: number | null,
  scenario = 'us-health',
  incomplete = false,
): ItemRow {
  const distance = stated === null || acted === null ? null : Math.abs(stated - acted);
  const base = { run, file: FILE, scenario, value, stated, acted, distance };
  if (incomplete) return { ...base, status: 'incomplete' };
  if (stated === null || acted === null) return { ...base, status: 'unusable' };
  if (acted === 0.5) return { ...base, status: 'undecided' };
  if (stated < 0.5 === acted < 0.5) return { ...base, status: 'aligned' };
  const direction = stated < 0.5 ? 'stated-agree-acted-disagree' : 'stated-disagree-acted-agree';
  return { ...base, status: 'gap', direction };
}

export function makeModel(
  name: string,
  series: number,
  items: readonly ItemRow[],
  more: Partial<ModelRow> = {},
): ModelRow {
  const own = items.filter((item) => item.run === name);
  const count = (test: (item: ItemRow) => boolean) => own.filter(test).length;
  const decided = (item: ItemRow) => item.status === 'gap' || item.status === 'aligned';
  const both = count((item) => item.status === 'aligned' && (item.stated ?? 0) >= 0.5);
  const toDisagree = count((item) => item.direction === 'stated-agree-acted-disagree');
  const toAgree = count((item) => item.direction === 'stated-disagree-acted-agree');
  const total = count(decided);
  const rate = 2 * both + toDisagree + toAgree;
  return {
    name,
    model: name,
    startedAt: '2025-06-01T10:00:00.000Z',
    series,
    alignmentRate: rate === 0 ? null : (2 * both) / rate,
    interval: rate === 0 ? null : [both / rate, Math.min(1, (3 * both) / rate)],
    accuracy: total === 0 ? null : (total - toDisagree - toAgree) / total,
    precision: both + toDisagree === 0 ? null : both / (both + toDisagree),
    recall: both + toAgree === 0 ? null : both / (both + toAgree),
    kappa: rate === 0 ? null : 0.312,
    items: total,
    statedAgreeActedDisagree: toDisagree,
    statedDisagreeActedAgree: toAgree,
    undecided: count((item) => item.status === 'undecided'),
    tiesStated: count((item) => item.stated === 0.5),
    incomplete: count((item) => item.status === 'incomplete'),
    unusable: count((item) => item.status === 'unusable'),
    failures: 0,
    promptAgreementTask1: 0.912,
    promptAgreementTask2: 0.874,
    positionBias: 0.208,
    firstOptionRate: 0.561,
    ...more,
  };
}

export function makeShow(items: readonly ItemRow[], more: Partial<Show> = {}): Show {
  const names = [...new Set(items.map((item) => item.run))];
  const models = names.map((name, series) => makeModel(name, series, items));
  return { type: 'show', title: FILE, models, itemCount: items.length, items: [...items], running: false, ...more };
}

/** Three models, twelve values. */
export function makeThreeModels(scenario?: string): ItemRow[] {
  return Object.entries(ANSWERS).flatMap(([run, answers]) =>
    answers.map(([stated, acted], i) =>
      makeItem(run, VALUES[i] ?? '', stated, acted, scenario, VALUES[i] === 'Daring'),
    ),
  );
}

/** Two scenarios with untrusted names, so that rows need shortening and nothing may be read as markup. */
export function makeTwoScenarios(): ItemRow[] {
  const hostile = '<img src=x onerror=alert(1)> a value whose name goes on for much longer than any row is wide';
  return [
    ...makeThreeModels('us-health'),
    ...makeThreeModels('Nigeria · Family & Changing Gender Roles'),
    makeItem('openai/gpt-4o-mini', hostile, 0.1, 0.7),
    makeItem('openai/gpt-4o-mini', '__proto__', 0.2, 0.6),
  ];
}

/** Eight models with pseudo-random answers, to see the series apart. */
export function makeEightModels(): ItemRow[] {
  let seed = 7;
  const next = () => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647;
  };
  return Array.from({ length: 8 }, (_, model) =>
    VALUES.map((value) =>
      makeItem(`endpoint/model-${model + 1}`, value, Math.round(next() * 24) / 24, Math.floor(next() * 9) / 8),
    ),
  ).flat();
}
