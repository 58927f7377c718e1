/** From scenario files, or a study without any, to a new file of proposals. */
import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { Generation, type ProposalKey } from '../core/generation/generation';
import { composeHeader, composeStudy, selectAsked } from '../core/generation/plan';
import type { AskedScenario, GenerationHeader, GenerationObservation } from '../core/generation/record';
import { VALUES } from '../core/values';
import { createRunFile } from '../engine/journal';
import { JournalError } from '../engine/ports';
import { nameJournal } from '../engine/runDirectory';
import type { FilePlaces } from './acceptedFiles';
import type { PreparedAssignment } from './assignmentRun';
import { chooseClient } from './chooseClient';
import { findUnknownValue, type GenerateOptions, listPolarities } from './generateOptions';
import { readScenarioFiles } from './scenarioInput';
import { UsageError } from './usageError';

export interface PreparedGeneration extends PreparedAssignment<ProposalKey, GenerationObservation> {
  readonly header: GenerationHeader;
  readonly places: FilePlaces;
  /** Lets go of the model, and of the file. */
  dispose(): Promise<void>;
}

/** @throws {UsageError} where there is nothing to ask, nobody to ask, or nowhere to write. */
export async function prepareNewGeneration(
  files: readonly string[],
  options: GenerateOptions,
  distFolder: string,
): Promise<PreparedGeneration> {
  const { model, out, variants, temperature, maxTokens, structuredOutput } = options;
  if (out === undefined) throw new UsageError('Name the folder to write to: --out DIR');
  if (model === undefined) throw new UsageError('Name the model to ask: --model <id>');
  const { scenarios, folder } = files.length > 0 ? fromFiles(files, options) : fromStudy(options);
  const polarities = listPolarities(options);
  const { client, apiKeyEnv } = await chooseClient({ ...options, model }, process.env, distFolder);
  const header = composeHeader({
    id: randomUUID(),
    startedAt: new Date().toISOString(),
    model: {
      id: client.id,
      baseUrl: client.baseUrl,
      apiKeyEnv,
      parameters: { temperature, maxTokens, structuredOutput },
      notes: client.notes,
    },
    variants,
    polarities,
    scenarios,
  });
  const target = resolve(out);
  const open = async () => {
    const path = join(target, nameJournal(header.startedAt, header.model.id, 'proposals'));
    try {
      return { path, journal: await createRunFile<GenerationObservation>(path, header) };
    } catch (error) {
      if (error instanceof JournalError) throw new UsageError(error.message);
      throw error;
    }
  };
  const assignment = new Generation(header);
  const named = new Set(files.length > 0 ? scenarios.map(({ file }) => file) : []);
  const places = { out: target, folder, named };
  return { header, assignment, client, places, open, dispose: async () => client.dispose?.() };
}

interface Asked {
  readonly scenarios: AskedScenario[];
  readonly folder: string;
}

function fromFiles(files: readonly string[], options: GenerateOptions): Asked {
  if (options.countries || options.topics) {
    throw new UsageError('--countries and --topics are for a study without files. Leave them away, or the files.');
  }
  const { folder, selection, problems } = readScenarioFiles(files, process.cwd());
  for (const problem of problems) if (!/ missing-action /.test(problem)) console.error(problem);
  const rule = { polarities: listPolarities(options), replace: options.replace };
  const scenarios = selectAsked(
    selection.map((selected) => ({ ...selected, values: options.values })),
    rule,
  );
  if (scenarios.every(({ items }) => items.length === 0)) {
    throw new UsageError('No action is missing in the files. To ask for those that are there too: --replace');
  }
  return { scenarios, folder };
}

function fromStudy({ countries, topics, values = VALUES.map(({ name }) => name), ...options }: GenerateOptions): Asked {
  if (!countries || !topics) {
    throw new UsageError(
      'Name the scenario files; or a study, with --countries and --topics; or a file to go on with: --resume PROPOSALS.jsonl',
    );
  }
  const unknown = findUnknownValue(values);
  if (unknown) {
    const { name, meant } = unknown;
    const advice =
      meant === undefined ? 'A value of your own needs a scenario file that defines it' : `Did you mean "${meant}"?`;
    throw new UsageError(`"${name}" is none of the 56 values. ${advice}`);
  }
  return { scenarios: composeStudy({ countries, topics, values }, listPolarities(options)), folder: process.cwd() };
}
