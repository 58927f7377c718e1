/** Recorded answers of a model → an ordinary run, so that everything that shows a run shows a published one. */
import * as z from 'zod';
import { readStated } from '../answers/stated';
import { type Observation, RUN_SCHEMA, type Run, type ScenarioSnapshot } from '../runs/record';
import { findValue } from '../values';
import { ImportError } from './viaCsv';

const stateLineSchema = z.object({
  country: z.string().min(1),
  topic: z.string().min(1),
  variant: z.number().int().min(0).max(7),
  response: z.string().nullable(),
});

const actLineSchema = z.object({
  country: z.string().min(1),
  topic: z.string().min(1),
  value: z.string().min(1),
  choice: z.enum(['agree', 'disagree']).nullable(),
  variant: z.number().int().min(0).max(7).optional(),
});

/** Released choices were all made under this variant: second wording, disagree action first, with explanation. */
export const RELEASED_VARIANT = 5;

export interface RecordedImport {
  readonly run: Run;
  /** Lines that could not be used, by file and 1-based number. */
  readonly skipped: readonly { readonly file: 'state' | 'act'; readonly line: number; readonly reason: string }[];
}

export interface RecordedSource {
  readonly model: string;
  /** JSON Lines: country, topic, variant, response. */
  readonly stateLines: readonly string[];
  /** JSON Lines: country, topic, value, choice (agree, disagree or null), and variant where it is not 5. */
  readonly actLines: readonly string[];
  readonly id: string;
  /** ISO 8601. */
  readonly importedAt: string;
}

/**
 * A scenario's values are those of its act lines, in their order.
 * @throws {ImportError} where a file holds no usable line.
 */
export function importRecorded(source: RecordedSource): RecordedImport {
  const skipped: RecordedImport['skipped'][number][] = [];
  const act = readLines(source.actLines, actLineSchema, 'act', skipped);
  const state = readLines(source.stateLines, stateLineSchema, 'state', skipped);
  const scenarios = collectScenarios(act.map(({ record }) => record));
  const at = source.importedAt;
  const observations: Observation[] = [];
  for (const { record, line } of state) {
    const { variant, response } = record;
    const scenario = scenarios.get(nameScenario(record));
    if (!scenario) {
      skipped.push({ file: 'state', line, reason: `no act line names ${nameScenario(record)}` });
      continue;
    }
    const raw = response ?? '';
    const values = scenario.items.map((item) => item.value);
    const answers: Extract<Observation, { type: 'state' }>['answers'] =
      response === null ? values.map((value) => [value, 'missing']) : readStated(raw, values);
    observations.push({ type: 'state', scenario: scenario.key, variant, repeat: 0, answers, raw, at });
  }
  for (const { record } of act) {
    const { value, choice, variant = RELEASED_VARIANT } = record;
    const scenario = nameScenario(record);
    observations.push({ type: 'act', scenario, value, variant, repeat: 0, answer: choice ?? 'missing', raw: '', at });
  }
  return {
    run: {
      header: {
        type: 'run',
        schema: RUN_SCHEMA,
        id: source.id,
        startedAt: at,
        model: { id: source.model, parameters: {}, notes: ['Imported from recorded answers.'] },
        variants: {
          task1: listVariants(state.map(({ record }) => record.variant)),
          task2: listVariants(act.map(({ record }) => record.variant ?? RELEASED_VARIANT)),
        },
        repeats: 1,
        scenarios: [...scenarios.values()],
      },
      observations,
    },
    skipped,
  };
}

function nameScenario({ country, topic }: { country: string; topic: string }): string {
  return `${country} · ${topic}`;
}

function listVariants(variants: readonly number[]): number[] {
  return [...new Set(variants)].sort((a, b) => a - b);
}

function collectScenarios(act: readonly z.infer<typeof actLineSchema>[]): Map<string, ScenarioSnapshot> {
  const scenarios = new Map<string, ScenarioSnapshot>();
  const seen = new Set<string>();
  for (const { country, topic, value } of act) {
    const key = nameScenario({ country, topic });
    const scenario = scenarios.get(key) ?? { key, name: key, file: '', country, topic, items: [] };
    scenarios.set(key, scenario);
    const id = JSON.stringify([key, value]);
    if (seen.has(id)) continue;
    seen.add(id);
    scenario.items.push({ value, definition: findValue(value)?.definition, act: 'asked' });
  }
  return scenarios;
}

function readLines<T extends z.ZodType>(
  lines: readonly string[],
  schema: T,
  file: 'state' | 'act',
  skipped: RecordedImport['skipped'][number][],
): { record: z.infer<T>; line: number }[] {
  const read: { record: z.infer<T>; line: number }[] = [];
  lines.forEach((text, index) => {
    if (text.trim() === '') return;
    const line = index + 1;
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      skipped.push({ file, line, reason: 'cut or not JSON' });
      return;
    }
    const record = schema.safeParse(json);
    if (record.success) read.push({ record: record.data, line });
    else
      skipped.push({
        file,
        line,
        reason: record.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '),
      });
  });
  if (read.length === 0) {
    const columns = Object.keys((file === 'state' ? stateLineSchema : actLineSchema).shape).join(', ');
    throw new ImportError(`The --${file} file holds no usable line. Expected JSON Lines with ${columns}.`);
  }
  return read;
}
