/** From what is remembered of a review to what the panel shows: files are read anew, so that progress is what they say. */
import path from 'node:path';
import * as vscode from 'vscode';
import { RATING_FILE_SUFFIX } from '../../core/review/ratingFile';
import { RISK_FILE_SUFFIX } from '../../core/review/risk';
import { drawReviewSample, type ReviewSample } from '../../core/review/sampling';
import { shortenModelId } from '../../display/sentences';
import type { ModelSeries } from '../models/modelSeries';
import type { RunStore } from '../runs/runStore';
import type { StoredRun } from '../runs/storedRun';
import { sayWhen } from '../words';
import { type CandidateParts, collectCandidates } from './candidates';
import { listGapsOfRun } from './gapsOfRun';
import { findCommonFolder, nameJudgementFile } from './judgementFile';
import { RatingSession } from './ratingSession';
import { readAttributions } from './readAttributions';
import { showDeck, showResults } from './reviewContent';
import { ReviewFolder } from './reviewFolder';
import type { ReviewContent } from './reviewPanel';
import { nameScope, type ReviewSpec } from './reviewSpec';
import { RiskSession } from './riskSession';

export interface OpenParts extends CandidateParts {
  readonly store: RunStore;
  readonly series: ModelSeries;
}

type SpecOf<K extends ReviewSpec['kind']> = Extract<ReviewSpec, { kind: K }>;

/** Undefined where what it is about is gone. */
export function openSpec(spec: ReviewSpec, parts: OpenParts): Promise<ReviewContent | undefined> {
  switch (spec.kind) {
    case 'ratings':
      return openRatings(spec, parts);
    case 'risks':
      return openRisks(spec, parts);
    case 'agreement':
      return openAgreement(spec, parts);
  }
}

async function openRatings(spec: SpecOf<'ratings'>, parts: OpenParts): Promise<ReviewContent | undefined> {
  const { root, file, reviewer } = spec;
  const { candidates, files } = await collectCandidates(spec, parts);
  const sample = drawReviewSample(candidates, spec);
  const home = findCommonFolder(files);
  if (sample.actions.length === 0 || home === undefined) return undefined;
  const folder = new ReviewFolder(root, parts.log);
  const ratingFile = path.join(home, nameJudgementFile(reviewer, RATING_FILE_SUFFIX));
  const { ratings } = await folder.readRatings();
  const title = file
    ? vscode.l10n.t('Review of {0}', path.basename(vscode.Uri.parse(file).fsPath))
    : vscode.l10n.t('Review of {0}', folder.name);
  const session = new RatingSession(ratingFile, {
    key: JSON.stringify([nameScope(spec), reviewer, spec.perStratum, spec.seed]),
    title,
    reviewer,
    file: folder.nameOf(ratingFile),
    notes: describeSample(sample, spec.perStratum),
    actions: sample.actions,
    ratings,
  });
  return showDeck({ title, folder, series: parts.series }, session);
}

/** What the sample could not be, in whole sentences. */
function describeSample({ short, duplicates }: ReviewSample, perStratum: number): string[] {
  const notes: string[] = [];
  const [first] = short;
  if (first) {
    const which = vscode.l10n.t('{0}, {1}: {2}', first.country, first.polarity, first.items);
    const others = short.length > 1 ? vscode.l10n.t(' and {0} more', short.length - 1) : '';
    notes.push(
      vscode.l10n.t(
        'Fewer than {0} items are there in {1}{2}: all of them are in the sample.',
        perStratum,
        which,
        others,
      ),
    );
  }
  if (duplicates > 0) {
    notes.push(
      duplicates === 1
        ? vscode.l10n.t('1 action says the same item as another one and is left out.')
        : vscode.l10n.t('{0} actions say the same item as another one and are left out.', duplicates),
    );
  }
  return notes;
}

async function openRisks(spec: SpecOf<'risks'>, parts: OpenParts): Promise<ReviewContent | undefined> {
  const run = parts.store.get(spec.run);
  if (!run) return undefined;
  await parts.store.read(run);
  const attributionsOf = await readAttributions(run, parts.scenarios);
  const gaps = listGapsOfRun(run.header, run.results ?? [], attributionsOf);
  if (gaps.length === 0) return undefined;
  const folder = new ReviewFolder(run.root, parts.log);
  const home = findCommonFolder([...run.files]) ?? run.root;
  const riskFile = path.join(home, nameJudgementFile(spec.reviewer, RISK_FILE_SUFFIX));
  const { risks } = await folder.readRisks();
  const title = nameGaps(run);
  const session = new RiskSession(riskFile, {
    key: JSON.stringify([run.header.id, spec.reviewer]),
    title,
    reviewer: spec.reviewer,
    file: folder.nameOf(riskFile),
    notes: [],
    model: run.model,
    run: run.header.id,
    gaps,
    codings: risks,
  });
  return showDeck({ title, folder, series: parts.series }, session);
}

function nameGaps(run: StoredRun): string {
  return vscode.l10n.t('Gaps of {0}, {1}', shortenModelId(run.model), sayWhen(run.header.startedAt));
}

async function openAgreement({ root }: SpecOf<'agreement'>, parts: OpenParts): Promise<ReviewContent> {
  const folder = new ReviewFolder(root, parts.log);
  return showResults({ title: vscode.l10n.t('Ratings in {0}', folder.name), folder, series: parts.series });
}
