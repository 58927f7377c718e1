/** The actions that a review draws from: those in scenario files, and those that a model proposed for them. */
import * as vscode from 'vscode';
import { GENERATION_LINES, type GenerationObservation } from '../../core/generation/record';
import {
  listFileCandidates,
  listProposalCandidates,
  mergeCandidates,
  type ReviewCandidate,
} from '../../core/review/candidate';
import { visitJournal } from '../../engine/runFiles';
import type { Log } from '../log';
import type { ScenarioFiles } from '../scenarios/scenarioFiles';
import type { ReviewScope } from './reviewSpec';

const PROPOSALS = '**/*.proposals.jsonl';
const EXCLUDED = '**/node_modules/**';

export interface FoundCandidates {
  readonly candidates: readonly ReviewCandidate[];
  /** Scenario files they come from, absolute paths. */
  readonly files: readonly string[];
}

export interface CandidateParts {
  readonly scenarios: ScenarioFiles;
  readonly log: Pick<Log, 'warn'>;
}

/** Proposals count where they are about an item of the scope. */
export async function collectCandidates(
  { root, file, scenario }: ReviewScope,
  { scenarios, log }: CandidateParts,
): Promise<FoundCandidates> {
  const uris = file
    ? [vscode.Uri.parse(file)]
    : (await scenarios.list()).filter((uri) => scenarios.rootOf(uri) === root);
  const parsed = await Promise.all(uris.map((uri) => scenarios.parse(uri)));
  const chosen = parsed
    .flatMap((one) => one?.scenarios ?? [])
    .filter(({ name }) => scenario === undefined || name === scenario);
  const places = new Set(chosen.map(({ country, topic }) => JSON.stringify([country, topic])));
  const proposed = (await readProposals(root, log)).filter(
    ({ country, topic }) => file === undefined || places.has(JSON.stringify([country, topic])),
  );
  return {
    candidates: mergeCandidates(listFileCandidates(chosen), proposed),
    files: uris.map(({ fsPath }) => fsPath),
  };
}

async function readProposals(root: string, log: Pick<Log, 'warn'>): Promise<ReviewCandidate[]> {
  const pattern = new vscode.RelativePattern(vscode.Uri.file(root), PROPOSALS);
  const uris = await vscode.workspace.findFiles(pattern, EXCLUDED);
  return uris
    .toSorted((a, b) => a.path.localeCompare(b.path))
    .flatMap(({ fsPath }) => {
      try {
        const observations: GenerationObservation[] = [];
        const header = visitJournal(fsPath, GENERATION_LINES, {
          observation: (observation) => observations.push(observation),
        });
        return listProposalCandidates(header, observations);
      } catch (error) {
        log.warn(error instanceof Error ? error.message : String(error));
        return [];
      }
    });
}
