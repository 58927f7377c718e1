/** A generation that can begin, new or taken up again, and what its file says. Nothing was asked yet. */
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { collectProposals, type OfferedProposal } from '../../core/generation/collect';
import { Generation, type ProposalKey } from '../../core/generation/generation';
import { composeHeader } from '../../core/generation/plan';
import {
  type AskedScenario,
  GENERATION_LINES,
  type GenerationHeader,
  type GenerationObservation,
} from '../../core/generation/record';
import type { Polarity } from '../../core/scenario/model';
import { createRunFile } from '../../engine/journal';
import { takeUpJournal } from '../../engine/resume';
import { newProposalPath, proposalDirectoryOf } from '../../engine/runDirectory';
import { visitJournal } from '../../engine/runFiles';
import type { ModelToAsk } from '../models/modelToAsk';
import type { AssignmentJob } from '../runs/assignmentDesk';

export type GenerationJob = AssignmentJob<ProposalKey, GenerationObservation>;

export interface GenerationWanted {
  readonly scenarios: readonly AskedScenario[];
  readonly variants: readonly number[];
  readonly polarities: readonly Polarity[];
}

/** @param root The folder that paths of scenario files start from. */
export function describeNewGeneration(wanted: GenerationWanted, asked: ModelToAsk, root: string): GenerationJob {
  const { client, parameters } = asked;
  const { id, baseUrl, notes } = client;
  const header = composeHeader({
    id: randomUUID(),
    startedAt: new Date().toISOString(),
    model: { id, baseUrl, parameters, notes },
    ...wanted,
  });
  const answered: ReadonlySet<string> = new Set();
  const open = async () => {
    const path = newProposalPath(root, header.startedAt, id);
    return { path, journal: await createRunFile<GenerationObservation>(path, header), answered };
  };
  return { id: header.id, assignment: new Generation(header), asked, answered, open };
}

export function describeResumedGeneration(
  { path, header, answered }: StoredGeneration,
  asked: ModelToAsk,
): GenerationJob {
  const open = async () => {
    const assign = (again: GenerationHeader) => new Generation(again);
    const { journal, answered, known } = await takeUpJournal<GenerationHeader, ProposalKey, GenerationObservation>(
      path,
      GENERATION_LINES,
      assign,
    );
    return { path, journal, answered, known };
  };
  return { id: header.id, assignment: new Generation(header), asked, answered, open };
}

export interface StoredGeneration {
  readonly path: string;
  readonly header: GenerationHeader;
  readonly offered: readonly OfferedProposal[];
  readonly answered: ReadonlySet<string>;
  /** Requests in all. */
  readonly total: number;
}

/** @throws {RunFileError} where the file is gone or holds no proposals. */
export function readGeneration(path: string): StoredGeneration {
  const observations: GenerationObservation[] = [];
  const header = visitJournal(path, GENERATION_LINES, { observation: (one) => observations.push(one) });
  const generation = new Generation(header);
  const answers = observations.filter(({ type }) => type === 'proposal');
  const answered = new Set(answers.map((one) => generation.idOf(generation.requestOf(one))));
  return { path, header, offered: collectProposals(header, observations), answered, total: generation.count() };
}

/** Those about a scenario file, newest first; files that cannot be read are left out. */
export function listGenerations(root: string, file: string): StoredGeneration[] {
  const folder = proposalDirectoryOf(root);
  return listNames(folder)
    .flatMap((name) => {
      try {
        return [readGeneration(join(folder, name))];
      } catch {
        return [];
      }
    })
    .filter(({ header }) => header.scenarios.some((scenario) => scenario.file === file))
    .sort((a, b) => b.header.startedAt.localeCompare(a.header.startedAt));
}

function listNames(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  } catch {
    return [];
  }
}
