/** Builds the extension's parts, hands each what it needs, and disposes them in reverse. */
import * as vscode from 'vscode';
import { EndpointBudgets } from '../engine/limiter';
import { ChartsSource } from './chartsSource';
import { registerCommands } from './commands';
import { ChangesOnScreen } from './compare/changesOnScreen';
import { ComparisonPanel } from './compare/comparisonPanel';
import { PinnedBaseline } from './compare/pinnedBaseline';
import { ScenarioCodeLenses } from './editor/codeLens';
import { GapDiagnostics } from './editor/gapDiagnostics';
import { Highlights } from './editor/highlights';
import { ItemHover } from './editor/hover';
import { MissingActionFixes } from './editor/missingActions';
import { revealItem } from './editor/revealItem';
import { GapsList } from './gaps/gapsList';
import { GenerationDesk } from './generation/generationDesk';
import { ProposalPages } from './generation/proposalPages';
import { Inspector } from './inspector/inspector';
import { InspectorPanel } from './inspector/inspectorPanel';
import { carryOutRequest } from './inspector/requests';
import { LanguageServer } from './languageClient';
import { Log } from './log';
import { BuiltInModel } from './models/builtInModel';
import { ModelCatalog } from './models/modelCatalog';
import { ModelSeries } from './models/modelSeries';
import { ModelTicks } from './models/modelTicks';
import { ChartsPanel } from './panels/chartsPanel';
import { PredictionDesk } from './prediction/predictionDesk';
import { PredictionHighlights } from './prediction/predictionHighlights';
import { PredictionPages } from './prediction/predictionPages';
import { PredictionStore } from './prediction/predictionStore';
import { PredictionsOnScreen } from './prediction/predictionsOnScreen';
import { PromptPreviews } from './preview/promptPreview';
import { ReviewDesk } from './review/reviewDesk';
import { ReviewMemory } from './review/reviewMemory';
import { ReviewPanel } from './review/reviewPanel';
import { openAnswers } from './runs/answers';
import { AssignmentDesk } from './runs/assignmentDesk';
import { confirmRun } from './runs/confirmRun';
import { offerCutOffRuns } from './runs/cutOffRuns';
import { ResultsOnScreen } from './runs/resultsOnScreen';
import { RunActivity } from './runs/runActivity';
import { RunController } from './runs/runController';
import { RunDesk } from './runs/runDesk';
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

  constructor({ extension, extensionUri, globalState, workspaceState, secrets }: vscode.ExtensionContext) {
    const log = this.own(new Log());
    const settings = this.own(new Settings(log));
    const keys = new EndpointKeys(secrets, (key) => log.hide(key));
    const scenarios = this.own(new ScenarioFiles(workspaceState, log));

    const ticks = this.own(new ModelTicks(workspaceState));
    const builtIn = this.own(new BuiltInModel(extensionUri, settings, log));
    const catalog = this.own(new ModelCatalog(settings, keys, builtIn));
    const series = new ModelSeries(globalState);

    const store = this.own(new RunStore(log));
    const roots = this.own(new RunRoots(store, scenarios));
    const activity = this.own(new RunActivity());
    const results = this.own(new ResultsOnScreen(store, scenarios, ticks));
    const underWay = new RunsUnderWay(workspaceState);
    const asking = {
      activity,
      log,
      // Whoever asks an endpoint, its pace is learned once.
      budgets: new EndpointBudgets(),
      openCache: (options: { readonly finds: boolean }) => openAnswers(settings, log, options),
      confirm: confirmRun,
    };
    const controller = this.own(new RunController({ store, underWay, ...asking }));
    const assignments = this.own(new AssignmentDesk(asking));
    // Disposed before the controller, which then ends what is under way.
    this.own(underWay);
    const desk = new RunDesk({ scenarios, settings, catalog, controller, activity, store, ticks, builtIn, results });
    this.own(new RunOnSave({ desk, settings, activity, onDidChange: [results.onDidChange, ticks.onDidChange], log }));

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
    const predictionPages = this.own(new PredictionPages(predictions));
    const predicted = new PredictionsOnScreen(predictions, results.hashes);
    this.own(new PredictionHighlights({ extensionUri, scenarios, results, predictions: predicted }));
    const predictionDesk = new PredictionDesk({
      ...{ scenarios, settings, catalog, ticks, builtIn, store, predictions, assignments },
      pages: predictionPages,
    });
    this.own(new GapDiagnostics(scenarios, results));
    const lenses = this.own(new ScenarioCodeLenses(scenarios, results, activity));
    const language = { language: LANGUAGE_ID };
    this.own(vscode.languages.registerCodeLensProvider(language, lenses));
    const fixes = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };
    this.own(vscode.languages.registerCodeActionsProvider(language, new MissingActionFixes(scenarios), fixes));
    const hover = new ItemHover(scenarios, results, changes, predicted);
    this.own(vscode.languages.registerHoverProvider(language, hover));
    this.server = this.own(new LanguageServer(extensionUri, log, hover));

    const { version } = extension.packageJSON as { version: string };
    const inspector = this.own(
      new Inspector({ scenarios, store, results, gaps, activity, series, roots, memento: workspaceState, version }),
    );
    const inspectorPanel = this.own(
      new InspectorPanel({
        extensionUri,
        log,
        source: inspector,
        carryOut: (request) => carryOutRequest(request, { inspector, scenarios }),
      }),
    );

    const charts = this.own(
      new ChartsSource({ scenarios, store, roots, results, activity, series, memento: workspaceState }),
    );
    const panel = this.own(
      new ChartsPanel({
        extensionUri,
        log,
        source: charts,
        reveal: (file, scenario, value) => {
          const item = charts.locate(file, scenario, value);
          if (!item) return;
          void revealItem(scenarios, item);
          if (inspectorPanel.isOpen) void inspector.show({ ...item, file: item.file.fsPath, order: 'file' });
        },
      }),
    );
    this.own(new RunsInSight(store, [scenariosView.tree, gapsView, runsView.tree, panel]));
    this.own(new RunsInSight(scenarios, [scenariosView.tree, gapsView, panel]));
    this.own(new RunsInSight(predictions, [scenariosView.tree]));
    const comparison = this.own(
      new ComparisonPanel({
        extensionUri,
        store,
        roots,
        memento: workspaceState,
        log,
        reveal: (item) => revealItem(scenarios, item),
      }),
    );
    const showCharts = () => panel.open();
    const memory = new ReviewMemory(globalState, workspaceState);
    const reviewDesk = new ReviewDesk({ scenarios, store, roots, series, log, memory });
    const reviewPanel = this.own(new ReviewPanel({ extensionUri, log, restore: () => reviewDesk.restore() }));
    const proposalPages = this.own(new ProposalPages(scenarios));
    const generationDesk = new GenerationDesk({
      ...{ scenarios, settings, catalog, ticks, builtIn, assignments },
      pages: proposalPages,
    });
    const previews = this.own(new PromptPreviews(scenarios, settings, ticks));
    this.own(
      registerCommands({
        extensionUri,
        scenarios,
        settings,
        keys,
        catalog,
        ticks,
        builtIn,
        store,
        charts,
        desk,
        controller,
        showCharts,
        previews,
        predictionDesk,
        predictions,
        predictionPages,
        generationDesk,
        assignments,
        proposalPages,
        reviewDesk,
        reviewPanel,
        runsView,
        results,
        baseline,
        comparison,
        gaps,
        gapsView,
        inspector,
        inspectorPanel,
        roots,
        log,
      }),
    );
    void offerCutOffRuns(underWay, store, desk, roots.whenListed);
  }

  async dispose(): Promise<void> {
    for (const part of this.parts.toReversed()) part.dispose();
    await this.server.stop();
  }

  private own<T extends vscode.Disposable>(part: T): T {
    this.parts.push(part);
    return part;
  }
}
