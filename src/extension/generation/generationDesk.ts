/** Takes a wish to generate: finds what is missing, asks who writes it, and opens what was proposed for review. */
import * as vscode from 'vscode';
import { selectAsked } from '../../core/generation/plan';
import type { AskedScenario } from '../../core/generation/record';
import type { AnswerCache } from '../../engine/answerCache';
import { EndpointBudgets } from '../../engine/limiter';
import type { Log } from '../log';
import { showInformation, showWarning } from '../messages';
import type { BuiltInModel } from '../models/builtInModel';
import type { ModelCatalog } from '../models/modelCatalog';
import type { ModelTicks } from '../models/modelTicks';
import type { RunActivity } from '../runs/runActivity';
import type { TotalEstimate } from '../runs/runEstimate';
import { NothingToRun, selectScenarios } from '../runs/selection';
import type { ScenarioFiles } from '../scenarios/scenarioFiles';
import type { Target } from '../scenarios/target';
import type { Settings } from '../settings';
import { carryOutGeneration, type FinishedGeneration } from './carryOutGeneration';
import { chooseBeginning, chooseGenerator, chooseScope, type GenerationScope } from './chooseGeneration';
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

export interface GenerationDeskParts {
  readonly scenarios: ScenarioFiles;
  readonly settings: Settings;
  readonly catalog: ModelCatalog;
  readonly ticks: ModelTicks;
  readonly builtIn: BuiltInModel;
  readonly activity: RunActivity;
  readonly pages: ProposalPages;
  readonly openCache: (options: { readonly finds: boolean }) => AnswerCache | undefined;
  readonly confirm: (estimate: TotalEstimate, asBatch: boolean) => Promise<boolean>;
  readonly log: Log;
}

/** What the user would otherwise be asked for. */
export interface GenerationWish extends Partial<GenerationScope> {
  readonly model?: string;
}

export class GenerationDesk implements vscode.Disposable {
  private readonly budgets = new EndpointBudgets();
  private current: AbortController | undefined;

  constructor(private readonly parts: GenerationDeskParts) {}

  /** Ends what is asked at this moment; what was answered is kept. */
  cancel(): void {
    this.current?.abort();
  }

  dispose(): void {
    this.cancel();
  }

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
      if (model === undefined || !(await this.isThere(model))) return;
      const chosen = isDecided
        ? { replace: false, variants: [5], ...wish }
        : await chooseScope(missing, countActions(list(true)));
      if (!chosen) return;
      const wanted = { scenarios: list(chosen.replace), variants: chosen.variants, polarities: POLARITIES };
      const asked = await this.parts.catalog.connect(model);
      await this.carryOut(describeNewGeneration(wanted, asked, root), target.file, true);
    } catch (error) {
      if (!(error instanceof NothingToRun)) throw error;
      void showWarning(error.message);
    }
  }

  async resume(stored: StoredGeneration, file: vscode.Uri): Promise<void> {
    if (!this.mayBegin()) return;
    const asked = await this.parts.catalog.connectAgain(stored.header.model);
    await this.carryOut(describeResumedGeneration(stored, asked), file, true);
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
      // Known answers are those that were not wanted.
      const finished = await this.carryOut(job, session.file, false);
      if (!finished) return;
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

  private async carryOut(
    job: GenerationJob,
    file: vscode.Uri,
    isNew: boolean,
  ): Promise<FinishedGeneration | undefined> {
    const { settings, activity, openCache, confirm, log, pages, scenarios } = this.parts;
    const abort = new AbortController();
    this.current = abort;
    await activity.start();
    const cache = openCache({ finds: isNew });
    try {
      const finished = await carryOutGeneration(job, {
        title: vscode.l10n.t('Generating actions for {0}', scenarios.nameOf(file)),
        settings: settings.run(file),
        budgets: this.budgets,
        cache,
        abort,
        confirm,
        log,
      });
      if (!finished) return undefined;
      const answered = finished.outcome.done - finished.outcome.failed;
      const session = isNew && answered > 0 ? await pages.open(finished.path, file) : undefined;
      // Not awaited: the command is done, whatever the user does with the message.
      void tellGeneration(job.header.model.id, finished, session, () => this.resumeFrom(finished.path, file));
      return finished;
    } finally {
      await Promise.all([cache?.close(), job.asked.client.dispose?.()]);
      this.current = undefined;
      await activity.stop();
    }
  }

  private async resumeFrom(path: string, file: vscode.Uri): Promise<void> {
    await this.resume(readGeneration(path), file);
  }

  private chooseModel(place: string): Promise<string | undefined> {
    return chooseGenerator(this.parts.catalog, this.parts.ticks, place);
  }

  private async isThere(model: string): Promise<boolean> {
    const { builtIn } = this.parts;
    return model !== builtIn.id || (await builtIn.isInstalled()) || builtIn.offerDownload();
  }

  private mayBegin(): boolean {
    if (!vscode.workspace.isTrusted) {
      const message =
        'Generating is off in Restricted Mode, since a scenario file decides what is sent to your models.';
      void showWarning(vscode.l10n.t(message));
      return false;
    }
    if (!this.parts.activity.isRunning) return true;
    const cancel = vscode.l10n.t('Cancel Run');
    const message = vscode.l10n.t('Models are being asked. Wait for that, or cancel it first; its answers are kept.');
    void showInformation(message, cancel).then((answer) => {
      if (answer === cancel) void vscode.commands.executeCommand('valueActionLens.cancelRun');
    });
    return false;
  }
}

function countActions(scenarios: readonly AskedScenario[]): number {
  return scenarios.reduce((sum, { items }) => items.reduce((asked, { ask }) => asked + ask.length, sum), 0);
}

/** Each action that is asked for again is a scenario of its own there. */
function nameAgain(place: ProposedPlace): string {
  return JSON.stringify([chosenOf(place).scenario.key, place.value, place.polarity]);
}
