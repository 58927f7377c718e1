/** Scenario files of a wanted size, and the prompts that a run of them sends. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { Exchange } from '../../../src/core/runs/exchange';
import { countRequests, listRequests, snapshotSelection } from '../../../src/core/runs/plan';
import { parseScenarioFile } from '../../../src/core/scenario/parse';
import { COUNTRIES, TOPICS } from '../../../src/core/study';
import { VALUES } from '../../../src/core/values';

export interface Workload {
  /** Scenario files of 56 items each. */
  readonly files: readonly string[];
  readonly requests: number;
  /** A JSON file: the messages of each request. */
  readonly promptsFile: string;
  readonly folder: string;
}

const VARIANTS = [0, 1, 2, 3, 4, 5, 6, 7];

/** @param scenarios 1…132 */
export function writeWorkload(folder: string, scenarios: number): Workload {
  mkdirSync(folder, { recursive: true });
  const places = COUNTRIES.flatMap((country) => TOPICS.map((topic) => ({ country, topic })));
  const files = places.slice(0, scenarios).map((place, at) => {
    const file = join(folder, `${String(at).padStart(3, '0')}.scenario.yaml`);
    writeFileSync(file, writeScenario(place));
    return file;
  });
  const selection = places
    .slice(0, scenarios)
    .flatMap((place) => parseScenarioFile(writeScenario(place)).scenarios)
    .map((scenario) => ({ file: '', scenario }));
  const plan = {
    scenarios: snapshotSelection(selection),
    variants: { task1: VARIANTS, task2: VARIANTS },
    repeats: 1,
  };
  const exchange = new Exchange(plan);
  const promptsFile = join(folder, 'prompts.json');
  // The whole study's prompts are asked by the command line alone.
  const prompts = scenarios > 10 ? [] : [...listRequests(plan)].map((key) => exchange.render(key).messages);
  writeFileSync(promptsFile, JSON.stringify(prompts));
  return { files, requests: countRequests(plan), promptsFile, folder };
}

/** Sentences as long as the dataset's: about 20 words. */
function writeScenario({ country, topic }: { country: string; topic: string }): string {
  const where = `when it comes to ${topic.toLowerCase()} with my family and friends in ${country}`;
  return stringify({
    country,
    topic,
    items: VALUES.map(({ name }) => ({
      value: name,
      agree: { action: `I make room for ${name.toLowerCase()} ${where}, and say so openly even if it costs me time.` },
      disagree: { action: `I put ${name.toLowerCase()} aside ${where}, and keep quiet about it because it is easier.` },
    })),
  });
}

/** Changes one action of one item. */
export function editOneAction(text: string): string {
  return text.replace('and say so openly', 'and tell everybody');
}
