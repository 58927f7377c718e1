/** A workspace as a researcher has it: the whole released study as scenario files, and four complete runs of it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { task2Variant } from '../../src/core/prompts/variants';
import { snapshotScenario } from '../../src/core/runs/plan';
import type { Observation, Run, ScenarioSnapshot } from '../../src/core/runs/record';
import { formatRunLine } from '../../src/core/runs/runFile';
import { parseScenarioFile } from '../../src/core/scenario/parse';
import { importViaDataset } from '../../src/importing/viaDataset';
import { RECORDED_MODELS, readRecordedRun } from './sampleStudy';

const VARIANTS = [0, 1, 2, 3, 4, 5, 6, 7];
/** About as long as those of the published recordings are. */
const EXPLANATION = 'It matters to the people around me. '.repeat(6);
const RESPONSE = `{"explanation": "${EXPLANATION}", "action": "Option 1"}`;

/**
 * Writes files and runs into `folder`. The recordings hold one choice for each item: the other variants, and the fourth
 * run, are the same with every tenth choice turned, so that a run has the 60,192 observations of a whole one.
 * @param csv the released dataset
 * @returns paths of the scenario files from `folder`
 */
export function writeStudyWorkspace(folder: string, csv: string): string[] {
  const { files } = importViaDataset(csv, join(folder, 'study'));
  const snapshots = new Map<string, ScenarioSnapshot>();
  const paths = files.map((path) => relative(folder, path).replaceAll('\\', '/'));
  files.forEach((path, at) => {
    for (const scenario of parseScenarioFile(readFileSync(path, 'utf8')).scenarios) {
      const key = `${scenario.country} · ${scenario.topic}`;
      snapshots.set(key, snapshotScenario({ file: paths[at] ?? '', scenario }, key));
    }
  });
  const recorded = RECORDED_MODELS.map(readRecordedRun);
  const [first] = recorded;
  if (!first) throw new Error('There is no recorded run.');
  const runs = [...recorded, { ...first, header: { ...first.header, id: 'turned', model: TURNED } }];
  mkdirSync(join(folder, '.value-action-lens/runs'), { recursive: true });
  runs.forEach((run, at) => {
    const path = join(folder, '.value-action-lens/runs', `${run.header.model.id}.jsonl`);
    writeFileSync(path, formatRun(run, snapshots, at + 1));
  });
  return paths;
}

const TURNED = { id: 'turned-gpt-4o-mini', parameters: {}, notes: [] };

function formatRun(
  { header, observations }: Run,
  snapshots: ReadonlyMap<string, ScenarioSnapshot>,
  seed: number,
): string {
  const scenarios = header.scenarios.map((scenario) => snapshots.get(scenario.key) ?? scenario);
  const turns = seed === 4 ? 1 : 0;
  const random = randomFrom(seed);
  const lines = observations.flatMap((observation): Observation[] => {
    if (observation.type !== 'act') return [observation];
    return VARIANTS.map((variant) => {
      const isTurned = (variant !== observation.variant || turns > 0) && random() < 0.1;
      return {
        ...observation,
        variant,
        raw: RESPONSE,
        answer: isTurned ? turn(observation.answer) : observation.answer,
        ...(task2Variant(variant).requirement === 'explanation' && { explanation: EXPLANATION }),
      };
    });
  });
  const whole = { ...header, scenarios, variants: { task1: VARIANTS, task2: VARIANTS } };
  return [whole, ...lines].map(formatRunLine).join('');
}

type Acted = Extract<Observation, { type: 'act' }>['answer'];

function turn(answer: Acted): Acted {
  return answer === 'agree' ? 'disagree' : answer === 'disagree' ? 'agree' : answer;
}

function randomFrom(seed: number): () => number {
  let state = seed * 7919;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}
