/**
 * Builds what shows something by itself (views, highlights, lenses), hands each what it needs, and disposes all in
 * reverse. What works only when somebody asks for it is in `desks.ts`, which is loaded then.
 */
import * as vscode from 'vscode';
import { ChangesOnScreen } from './compare/changesOnScreen';
import { PinnedBaseline } from './compare/pinnedBaseline';
import type { Desks } from './desks';
import { ScenarioCodeLenses } from './editor/codeLens';
import { GapDiagnostics } from './editor/gapDiagnostics';
import { Highlights } from './editor/highlights';
import { ItemHover } from './editor/hover';
import { MissingActionFixes } from './editor/missingActions';
import { GapsList } from './gaps/gapsList';
import { LanguageServer } from './languageClient';
import { registerLate } from './lateProviders';
import { Log } from './log';
import { BuiltInModel } from './models/builtInModel';
import { ModelCatalog } from './models/modelCatalog';
import { ModelTicks } from './models/modelTicks';
import { PredictionHighlights } from './prediction/predictionHighlights';
import { PredictionStore } from './prediction/predictionStore';
import { PredictionsOnScreen } from './prediction/predictionsOnScreen';
import { offerCutOffRuns } from './runs/cutOffRuns';
import { ResultsOnScreen } from './runs/resultsOnScreen';
import { RunActivity } from './runs/runActivity';
import { RunOnSave } from './runs/runOnSave';
import { RunRoots } from './runs/runRoots';
import { RunStore } from './runs/runStore';
import { RunsInSight } from './runs/runsInSight';
import { RunsUnderWay } from './runs/runsUnderWay';
import { LANGUAGE_ID, ScenarioFiles } from './scenarios/scenarioFiles';
import { EndpointKeys } from './secrets';
import { Settings } from './settings';
import { GapsView } from './views/gapsView';
import { ModelsView } from './views/modelsView';
import { RunsView } from './views/runsView';
import { ScenariosView } from './views/scenariosView';

export class Container {
  private readonly parts: vscode.Disposable[] = [];
  private readonly server: LanguageServer;
  private readonly underWay: RunsUnderWay;
  private built: Promise<Desks> | undefined;

  constructor(context: vscode.ExtensionContext) {
    const { extension, extensionUri, workspaceState, secrets } = context;
    const log = this.own(new Log());
    const settings = this.own(new Settings(log));
    const keys = new EndpointKeys(secrets, (key) => log.hide(key));
    const scenarios = this.own(new ScenarioFiles(workspaceState, log));

    const ticks = this.own(new ModelTicks(workspaceState));
    const builtIn = this.own(new BuiltInModel(extensionUri, settings, log));
    const catalog = this.own(new ModelCatalog(settings, keys, builtIn));

    const store = this.own(new RunStore(log));
    const roots = this.own(new RunRoots(store, scenarios));
    const activity = this.own(new RunActivity());
    const results = this.own(new ResultsOnScreen(store, scenarios, ticks));
    const underWay = new RunsUnderWay(workspaceState);
    this.underWay = underWay;

    const baseline = this.own(new PinnedBaseline(store, workspaceState));
    const changes = new ChangesOnScreen({
      baseline,
      results,
      repeatsOf: (run) => store.get(run)?.header.repeats ?? 1,
    });
    const scenariosView = this.own(new ScenariosView(extensionUri, scenarios, results, activity, changes));
    const gaps = this.own(new GapsList({ store, scenarios, results, memento: workspaceState }));
    const followBaseline = () => gaps.compareWith(baseline.run?.hasBeenRead ? baseline : undefined);
    this.own(baseline.onDidChange(followBaseline));
    followBaseline();
    const gapsView = this.own(new GapsView(extensionUri, gaps, roots));
    this.own(new ModelsView(catalog, ticks));
    const runsView = this.own(new RunsView(store, baseline));

    this.own(new Highlights(extensionUri, scenarios, results, activity, changes));
    const predictions = this.own(new PredictionStore({ roots, log }));
    const predicted = new PredictionsOnScreen(predictions, results.hashes);
    this.own(new PredictionHighlights({ extensionUri, scenarios, results, predictions: predicted }));
    this.own(new GapDiagnostics(scenarios, results));
    const lenses = this.own(new ScenarioCodeLenses(scenarios, results, activity));
    const language = { language: LANGUAGE_ID };
    this.own(vscode.languages.registerCodeLensProvider(language, lenses));
    const fixes = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };
    this.own(vscode.languages.registerCodeActionsProvider(language, new MissingActionFixes(scenarios), fixes));
    const hover = new ItemHover(scenarios, results, changes, predicted);
    this.own(vscode.languages.registerHoverProvider(language, hover));
    this.server = this.own(new LanguageServer(extensionUri, log, hover));

    const runsInSight = this.own(new RunsInSight(store, [scenariosView.tree, gapsView, runsView.tree]));
    const filesInSight = this.own(new RunsInSight(scenarios, [scenariosView.tree, gapsView]));
    this.own(new RunsInSight(predictions, [scenariosView.tree]));

    const desks = () => {
      this.built ??= import('./desks').then(
        ({ Desks }) =>
          new Desks({
            ...{ context, log, settings, keys, scenarios, ticks, builtIn, catalog, store, roots, activity, results },
            ...{ underWay, baseline, gaps, gapsView, runsView, predictions, inSight: [runsInSight, filesInSight] },
          }),
      );
      return this.built;
    };
    const runDesk = async () => (await desks()).runs;
    this.own(
      new RunOnSave({
        desk: runDesk,
        ...{ settings, activity, log },
        onDidChange: [results.onDidChange, ticks.onDidChange],
      }),
    );
    this.own(registerLate(desks, listCommandNames(extension), log));
    void offerCutOffRuns(underWay, store, runDesk, roots.whenListed);
  }

  async dispose(): Promise<void> {
    // Before the desks, which end what is under way.
    this.underWay.dispose();
    (await this.built?.catch(() => undefined))?.dispose();
    for (const part of this.parts.toReversed()) part.dispose();
    await this.server.stop();
  }

  private own<T extends vscode.Disposable>(part: T): T {
    this.parts.push(part);
    return part;
  }
}

/** Of the manifest, without `valueActionLens.`. */
function listCommandNames({ packageJSON }: vscode.Extension<unknown>): string[] {
  const { contributes } = packageJSON as { contributes: { commands: readonly { command: string }[] } };
  return contributes.commands.map(({ command }) => command.replace(/^valueActionLens\./, ''));
}
