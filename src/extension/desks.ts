/**
 * What works when somebody asks for it: the desks that carry out evaluations, generations, predictions and reviews, the
 * panels, and the commands that lead to all of them. Loaded with the first of these; see `container.ts` for the rest.
 */
import type * as vscode from 'vscode';
import { EndpointBudgets } from '../engine/limiter';
import { ChartsSource } from './chartsSource';
import { listCommands } from './commands';
import type { CommandTable } from './commands/commandTable';
import { ComparisonPanel } from './compare/comparisonPanel';
import type { PinnedBaseline } from './compare/pinnedBaseline';
import { revealItem } from './editor/revealItem';
import type { GapsList } from './gaps/gapsList';
import { GenerationDesk } from './generation/generationDesk';
import { ProposalPages } from './generation/proposalPages';
import { Inspector } from './inspector/inspector';
import { InspectorPanel } from './inspector/inspectorPanel';
import { carryOutRequest } from './inspector/requests';
import type { Provided } from './lateProviders';
import type { Log } from './log';
import type { BuiltInModel } from './models/builtInModel';
import type { ModelCatalog } from './models/modelCatalog';
import { ModelSeries } from './models/modelSeries';
import type { ModelTicks } from './models/modelTicks';
import { ChartsPanel } from './panels/chartsPanel';
import { PredictionDesk } from './prediction/predictionDesk';
import { PredictionPages } from './prediction/predictionPages';
import type { PredictionStore } from './prediction/predictionStore';
import { PromptPreviews } from './preview/promptPreview';
import { ReviewDesk } from './review/reviewDesk';
import { ReviewMemory } from './review/reviewMemory';
import { ReviewPanel } from './review/reviewPanel';
import { openAnswers } from './runs/answers';
import { AssignmentDesk } from './runs/assignmentDesk';
import { confirmRun } from './runs/confirmRun';
import type { ResultsOnScreen } from './runs/resultsOnScreen';
import type { RunActivity } from './runs/runActivity';
import { RunController } from './runs/runController';
import { RunDesk } from './runs/runDesk';
import type { RunRoots } from './runs/runRoots';
import type { RunStore } from './runs/runStore';
import type { RunsInSight } from './runs/runsInSight';
import type { RunsUnderWay } from './runs/runsUnderWay';
import type { ScenarioFiles } from './scenarios/scenarioFiles';
import type { EndpointKeys } from './secrets';
import type { Settings } from './settings';
import type { GapsView } from './views/gapsView';
import type { RunsView } from './views/runsView';

export interface DesksParts {
  readonly context: Pick<vscode.ExtensionContext, 'extension' | 'extensionUri' | 'globalState' | 'workspaceState'>;
  readonly log: Log;
  readonly settings: Settings;
  readonly keys: EndpointKeys;
  readonly scenarios: ScenarioFiles;
  readonly ticks: ModelTicks;
  readonly builtIn: BuiltInModel;
  readonly catalog: ModelCatalog;
  readonly store: RunStore;
  readonly roots: RunRoots;
  readonly activity: RunActivity;
  readonly results: ResultsOnScreen;
  readonly underWay: RunsUnderWay;
  readonly baseline: PinnedBaseline;
  readonly gaps: GapsList;
  readonly gapsView: GapsView;
  readonly runsView: RunsView;
  readonly predictions: PredictionStore;
  /** What keeps the runs and the files true while the charts show them. */
  readonly inSight: readonly RunsInSight[];
}

export class Desks implements Provided, vscode.Disposable {
  readonly runs: RunDesk;
  readonly commands: CommandTable;
  readonly panels: Provided['panels'];
  readonly documents: Provided['documents'];
  private readonly owned: vscode.Disposable[] = [];

  constructor(parts: DesksParts) {
    const { context, log, settings, scenarios, ticks, builtIn, catalog, store, roots, activity, results, gaps } = parts;
    const { extensionUri, globalState, workspaceState } = context;
    const series = new ModelSeries(globalState);
    const asking = {
      activity,
      log,
      // Whoever asks an endpoint, its pace is learned once.
      budgets: new EndpointBudgets(),
      openCache: (options: { readonly finds: boolean }) => openAnswers(settings, log, options),
      confirm: confirmRun,
    };
    const controller = this.own(new RunController({ store, underWay: parts.underWay, ...asking }));
    const assignments = this.own(new AssignmentDesk(asking));
    this.runs = new RunDesk({ scenarios, settings, catalog, controller, activity, store, ticks, builtIn, results });

    const { version } = context.extension.packageJSON as { version: string };
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
    const chartsPanel = this.own(
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
    for (const inSight of parts.inSight) inSight.add(chartsPanel);
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
    const memory = new ReviewMemory(globalState, workspaceState);
    const reviewDesk = new ReviewDesk({ scenarios, store, roots, series, log, memory });
    const reviewPanel = this.own(new ReviewPanel({ extensionUri, log, restore: () => reviewDesk.restore() }));
    const asked = { scenarios, settings, catalog, ticks, builtIn, assignments };
    const proposalPages = this.own(new ProposalPages(scenarios));
    const generationDesk = new GenerationDesk({ ...asked, pages: proposalPages });
    const { predictions } = parts;
    const predictionPages = this.own(new PredictionPages(predictions));
    const predictionDesk = new PredictionDesk({ ...asked, store, predictions, pages: predictionPages });
    const previews = this.own(new PromptPreviews(scenarios, settings, ticks));

    this.panels = { charts: chartsPanel, comparison, inspector: inspectorPanel, review: reviewPanel };
    this.documents = { comparison, prediction: predictionPages, prompts: previews, proposals: proposalPages };
    this.commands = listCommands({
      ...parts,
      extensionUri,
      desk: this.runs,
      controller,
      assignments,
      charts,
      showCharts: () => chartsPanel.open(),
      previews,
      predictionDesk,
      predictionPages,
      generationDesk,
      proposalPages,
      reviewDesk,
      reviewPanel,
      comparison,
      inspector,
      inspectorPanel,
    });
  }

  dispose(): void {
    for (const part of this.owned.toReversed()) part.dispose();
  }

  private own<T extends vscode.Disposable>(part: T): T {
    this.owned.push(part);
    return part;
  }
}
