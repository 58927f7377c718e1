/** What changed in the text, and in how it was asked, between two runs: before and after, from their snapshots. */
import type { ItemSnapshot, RunHeader, ScenarioSnapshot } from '../runs/record';
import { matchItems, type ScenarioPair } from './matchItems';
import type { TabulatedRun } from './tabulatedRun';

/** Where a text stands; no value: it belongs to the scenario. */
export interface TextPlace {
  /** Key in B. */
  readonly scenario: string;
  readonly file: string;
  readonly value?: string;
}

/**
 * One text that differs. `field` is its path in the scenario file: `system`, `country`, `topic`, `values` (the list of
 * values that Task 1 asks about, one a line), `prompts.task1.survey.context` and so on, and for an item `definition`,
 * `portrait`, `agree`, `disagree`.
 */
export interface TextChange {
  readonly field: string;
  /** Null where there is no such text: the default wording, no system prompt, or a missing action. */
  readonly before: string | null;
  readonly after: string | null;
  /** Everywhere the same change was made, in A's order; never empty. */
  readonly places: readonly TextPlace[];
}

/** One setting of the runs that differs, as text: model, temperature, variants, repeats … */
export interface SettingChange {
  readonly setting: string;
  readonly before: string | null;
  readonly after: string | null;
}

export function listTextChanges(
  a: TabulatedRun,
  b: TabulatedRun,
  pairs: readonly ScenarioPair[] = matchItems(a, b).pairs,
): TextChange[] {
  const changes = new Map<string, TextChange & { readonly places: TextPlace[] }>();
  const compare = (field: string, before: string | undefined, after: string | undefined, place: TextPlace) => {
    if (before === after) return;
    const key = JSON.stringify([field, before ?? null, after ?? null]);
    const known = changes.get(key);
    if (known) known.places.push(place);
    else changes.set(key, { field, before: before ?? null, after: after ?? null, places: [place] });
  };
  for (const pair of pairs) {
    const before = a.header.scenarios[pair.a];
    const after = b.header.scenarios[pair.b];
    if (before && after) compareScenario(before, after, compare);
  }
  return [...changes.values()];
}

type Compare = (field: string, before: string | undefined, after: string | undefined, place: TextPlace) => void;

function compareScenario(before: ScenarioSnapshot, after: ScenarioSnapshot, compare: Compare): void {
  const place: TextPlace = { scenario: after.key, file: after.file };
  for (const field of ['system', 'country', 'topic'] as const) compare(field, before[field], after[field], place);
  compareWordings(before, after, (field, was, now) => compare(field, was, now, place));
  compare('values', listValues(before), listValues(after), place);
  const items = new Map<string, ItemSnapshot[]>();
  for (const item of after.items) items.set(item.value, [...(items.get(item.value) ?? []), item]);
  for (const was of before.items) {
    const now = items.get(was.value)?.shift();
    if (!now) continue;
    const at = { ...place, value: was.value };
    for (const field of ['definition', 'portrait', 'agree', 'disagree'] as const) {
      compare(field, was[field], now[field], at);
    }
  }
}

function listValues({ items }: ScenarioSnapshot): string {
  return items.map(({ value }) => value).join('\n');
}

function compareWordings(
  before: ScenarioSnapshot,
  after: ScenarioSnapshot,
  compare: (field: string, before: string | undefined, after: string | undefined) => void,
): void {
  const was = listTexts(before.prompts, 'prompts');
  const now = listTexts(after.prompts, 'prompts');
  for (const field of new Set([...was.keys(), ...now.keys()])) compare(field, was.get(field), now.get(field));
}

/** Every text in a tree by its path: `prompts.task2.question.0`. The schema keeps the keys to known ones. */
function listTexts(tree: unknown, path: string): Map<string, string> {
  if (typeof tree === 'string') return new Map([[path, tree]]);
  if (typeof tree !== 'object' || tree === null) return new Map();
  return new Map(Object.entries(tree).flatMap(([key, branch]) => [...listTexts(branch, `${path}.${key}`)]));
}

/** What differs in how the runs asked. Names of keys and addresses are left out: they change no answer. */
export function listSettingChanges(a: RunHeader, b: RunHeader): SettingChange[] {
  const was = listSettings(a);
  const now = listSettings(b);
  return [...new Set([...was.keys(), ...now.keys()])]
    .map((setting) => ({ setting, before: was.get(setting) ?? null, after: now.get(setting) ?? null }))
    .filter(({ before, after }) => before !== after);
}

function listSettings({ model, variants, repeats }: RunHeader): Map<string, string> {
  const { temperature, maxTokens, structuredOutput, extra } = model.parameters;
  const settings: [string, string | undefined][] = [
    ['model', model.id],
    ['temperature', temperature?.toString()],
    ['max tokens', maxTokens?.toString()],
    ['structured output', structuredOutput === undefined ? undefined : String(structuredOutput)],
    ...Object.entries(extra ?? {}).map(([name, value]): [string, string] => [`extra: ${name}`, JSON.stringify(value)]),
    ['variants of task 1', listNumbers(variants.task1)],
    ['variants of task 2', listNumbers(variants.task2)],
    ['repeats', String(repeats)],
  ];
  return new Map(settings.filter((setting): setting is [string, string] => setting[1] !== undefined));
}

function listNumbers(numbers: readonly number[]): string {
  return [...numbers].sort((one, other) => one - other).join(', ');
}
