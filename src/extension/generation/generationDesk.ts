/** Takes a wish to generate: finds what is missing, asks who writes it, and opens what was proposed for review. */
import * as vscode from 'vscode';
import { selectAsked } from '../../core/generation/plan';
import type { AskedScenario } from '../../core/generation/record';
import { showInformation, showWarning } from '../messages';
import { type ChooseModelParts, chooseModel, isThere } from '../models/chooseModel';
import type { ModelCatalog } from '../models/modelCatalog';
import type { AssignmentDesk, FinishedAssignment } from '../runs/assignmentDesk';
import { NothingToRun, selectScenarios } from '../runs/selection';
import type { ScenarioFiles } from '../scenarios/scenarioFiles';
import type { Target } from '../scenarios/target';
import type { Settings } from '../settings';
import { chooseBeginning, chooseScope, type GenerationScope } from './chooseGeneration';
import {
  describeNewGeneration,
  describeResumedGeneration,
  type GenerationJob,
  listGenerations,
  readGeneration,
  type StoredGeneration,
} from './generationJob';
import { tellGeneration } from './generationReport';
import type { ProposalPages } from './proposalPages';
import { chosenOf, type ProposedPlace } from './proposalReview';
import type { ProposalSession } from './proposalSession';

const POLARITIES = ['agree', 'disagree'] as const;

export interface GenerationDeskParts extends ChooseModelParts {
  readonly scenarios: ScenarioFiles;
  readonly settings: Settings;
  readonly catalog: ModelCatalog;
  readonly pages: ProposalPages;
  readonly assignments: AssignmentDesk;
}

/** What the user would otherwise be asked for. */
export interface GenerationWish extends Partial<GenerationScope> {
  readonly model?: string;
}

export class GenerationDesk {
  constructor(private readonly parts: GenerationDeskParts) {}

  async generate(target: Target, wish: GenerationWish = {}): Promise<void> {
    const { scenarios } = this.parts;
    if (!this.mayBegin()) return;
    try {
      const selection = await selectScenarios(scenarios, target);
      const root = scenarios.rootOf(target.file);
      const list = (replace: boolean) => selectAsked(selection, { polarities: POLARITIES, replace });
      const isDecided = wish.model !== undefined;
      const beginning = isDecided ? 'new' : await chooseBeginning(this.listUnfinished(target.file));
      if (beginning === undefined) return;
      if (beginning !== 'new') {
        await this.resume(beginning, target.file);
        return;
      }
      const missing = countActions(list(false));
      // With a model named there is nobody who could ask for more.
      if (missing === 0 && isDecided && !wish.replace) {
        void showInformation(vscode.l10n.t('No action is missing here.'));
        return;
      }
      const model = wish.model ?? (await this.chooseModel(scenarios.nameOf(target.file)));
      if (model === undefined || !(await isThere(model, this.parts))) return;
      const chosen = isDecided
        ? { replace: false, variants: [5], ...wish }
        : await chooseScope(missing, countActions(list(true)));
      if (!chosen) return;
      const wanted = { scenarios: list(chosen.replace), variants: chosen.variants, polarities: POLARITIES };
      const asked = await this.parts.catalog.connect(model);
      await this.carryOut(describeNewGeneration(wanted, asked, root), target.file);
    } catch (error) {
      if (!(error instanceof NothingToRun)) throw error;
      void showWarning(error.message);
    }
  }

  async resume(stored: StoredGeneration, file: vscode.Uri): Promise<void> {
    if (!this.mayBegin()) return;
    const asked = await this.parts.catalog.connectAgain(stored.header.model);
    await this.carryOut(describeResumedGeneration(stored, asked), file);
  }

  /** Asks the same model again for some of its proposals; those that are there stay beside the new ones. */
  async regenerate(session: ProposalSession, indices: readonly number[]): Promise<void> {
    if (!this.mayBegin()) return;
    const { catalog, scenarios, pages } = this.parts;
    const places = indices.flatMap((index) => session.review.get(index) ?? []);
    const asked = await catalog.connectAgain(session.header.model);
    // One generation for each wording: the places may show different ones.
    for (const variant of new Set(places.map((place) => chosenOf(place).proposal.variant))) {
      const same = places.filter((place) => chosenOf(place).proposal.variant === variant);
      const wanted = {
        scenarios: same.map((place): AskedScenario => {
          const { scenario } = chosenOf(place);
          const items = scenario.items.filter(({ value }) => value === place.value);
          return {
            ...scenario,
            key: nameAgain(place),
            items: items.map((item) => ({ ...item, ask: [place.polarity] })),
          };
        }),
        variants: [variant],
        polarities: POLARITIES,
      };
      const job = describeNewGeneration(wanted, asked, scenarios.rootOf(session.file));
      const finished = await this.ask(job, session.file, false);
      if (!finished) return;
      this.tell(job, finished, session.file);
      for (const offered of readGeneration(finished.path).offered) {
        const place = same.find((one) => nameAgain(one) === offered.proposal.scenario);
        if (place) session.review.addAnswer(place.index, { ...offered, scenario: chosenOf(place).scenario });
      }
      pages.update(session);
    }
  }

  /** Proposals of before, newest first. */
  listAbout(file: vscode.Uri): StoredGeneration[] {
    const { scenarios } = this.parts;
    return listGenerations(scenarios.rootOf(file), scenarios.nameOf(file));
  }

  private listUnfinished(file: vscode.Uri): StoredGeneration[] {
    return this.listAbout(file).filter(({ answered, total }) => answered.size < total);
  }

  private async carryOut(job: GenerationJob, file: vscode.Uri): Promise<void> {
    const finished = await this.ask(job, file, true);
    if (!finished) return;
    const answered = finished.outcome.done - finished.outcome.failed;
    const session = answered > 0 ? await this.parts.pages.open(finished.path, file) : undefined;
    this.tell(job, finished, file, session);
  }

  /** @param findsKnown False to ask anew: known answers are those that were not wanted. */
  private async ask(
    job: GenerationJob,
    file: vscode.Uri,
    findsKnown: boolean,
  ): Promise<FinishedAssignment | undefined> {
    const { settings, scenarios, assignments } = this.parts;
    const title = vscode.l10n.t('Generating actions for {0}', scenarios.nameOf(file));
    return assignments.carryOut(job, { title, settings: await settings.run(file), findsKnown });
  }

  /** Not awaited: the command is done, whatever the user does with the message. */
  private tell(job: GenerationJob, finished: FinishedAssignment, file: vscode.Uri, session?: ProposalSession): void {
    void tellGeneration(job.asked.client.id, finished, session, () => this.resumeFrom(finished.path, file));
  }

  private async resumeFrom(path: string, file: vscode.Uri): Promise<void> {
    await this.resume(readGeneration(path), file);
  }

  private chooseModel(place: string): Promise<string | undefined> {
    return chooseModel(this.parts, {
      title: vscode.l10n.t('Generate Actions (1 of 2)'),
      placeHolder: vscode.l10n.t('Which model writes actions for {0}?', place),
    });
  }

  private mayBegin(): boolean {
    return this.parts.assignments.mayBegin(
      vscode.l10n.t('Generating is off in Restricted Mode, since a scenario file decides what is sent to your models.'),
    );
  }
}

function countActions(scenarios: readonly AskedScenario[]): number {
  return scenarios.reduce((sum, { items }) => items.reduce((asked, { ask }) => asked + ask.length, sum), 0);
}

/** Each action that is asked for again is a scenario of its own there. */
function nameAgain(place: ProposedPlace): string {
  return JSON.stringify([chosenOf(place).scenario.key, place.value, place.polarity]);
}
