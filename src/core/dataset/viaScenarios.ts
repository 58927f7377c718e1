/** Rows of the VIA dataset → scenarios, with everything that happened on the way counted and named. */
import { type GeneratedAction, readGenerated } from '../answers/generated';
import type { ScenarioDocument } from '../scenario/schema';
import { findValue } from '../values';
import { noteUnusable } from './generatorNotes';
import type { SkippedRow, ViaRow } from './viaCsv';

export interface ViaImport {
  /** One for each country and topic, in order of first appearance. */
  readonly scenarios: readonly ScenarioDocument[];
  readonly counts: {
    readonly rows: number;
    readonly items: number;
    readonly complete: number;
    readonly incomplete: number;
    readonly refused: number;
    /** Actions saved from a cut text. */
    readonly recovered: number;
  };
  readonly skipped: readonly SkippedRow[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type DocumentItem = Mutable<ScenarioDocument['items'][number]>;

interface Assembly {
  readonly document: ScenarioDocument;
  readonly items: Map<string, DocumentItem>;
}

/** Refused and unreadable actions stay out of the item, which keeps a note that says so, in the generator's words. */
export function assembleScenarios(rows: readonly ViaRow[]): ViaImport {
  const scenarios = new Map<string, Assembly>();
  const skipped: SkippedRow[] = [];
  const tally = { refused: 0, recovered: 0 };
  for (const { row, country, topic, value, polarity, raw } of rows) {
    if (!findValue(value)) {
      skipped.push({ row, reason: `value "${value}" is none of the 56 and the dataset defines none` });
      continue;
    }
    const key = JSON.stringify([country, topic]);
    const scenario: Assembly = scenarios.get(key) ?? { document: { country, topic, items: [] }, items: new Map() };
    scenarios.set(key, scenario);
    const item = scenario.items.get(value) ?? { value };
    if (!scenario.items.has(value)) {
      scenario.items.set(value, item);
      scenario.document.items.push(item);
    }
    if (item[polarity]) {
      skipped.push({ row, reason: `"${value}" already has its ${polarity} action in ${country} · ${topic}` });
      continue;
    }
    const generated = readGenerated(raw);
    if (generated.kind === 'action') {
      item[polarity] = toAction(generated);
      if (generated.recovered) tally.recovered++;
      continue;
    }
    if (generated.kind === 'refused') tally.refused++;
    else skipped.push({ row, reason: 'no action could be read from the generated text' });
    item.note = [item.note, noteUnusable(generated.kind, polarity, raw)].filter(Boolean).join('\n');
  }
  const documents = [...scenarios.values()].map((scenario) => scenario.document);
  const items = documents.flatMap((document) => document.items);
  const complete = items.filter((item) => item.agree && item.disagree).length;
  return {
    scenarios: documents,
    counts: { rows: rows.length, items: items.length, complete, incomplete: items.length - complete, ...tally },
    skipped,
  };
}

function toAction({ action, attributions, explanation }: Extract<GeneratedAction, { kind: 'action' }>) {
  const spans = attributions.filter((span) => span !== '');
  return {
    action,
    ...(spans.length > 0 && { attributions: spans }),
    ...(explanation && { explanation }),
  };
}

/** A file name with country and topic in it, as people write them, that no file system objects to. */
export function nameScenarioFile({ country, topic }: Pick<ScenarioDocument, 'country' | 'topic'>): string {
  // Path separators and what Windows refuses; a name of dots alone would be a folder.
  const safe = (text: string) =>
    text
      .replace(/[/\\:*?"<>|\p{Cc}]/gu, '_')
      .replace(/^\.+|[. ]+$/g, '_')
      .slice(0, 80);
  return `${safe(country)} - ${safe(topic)}.scenario.yaml`;
}
