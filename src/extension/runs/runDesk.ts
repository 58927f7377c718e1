/** Takes a wish to run: checks what is needed, asks for what is missing, and tells how it went. */
import * as vscode from 'vscode';
import type { BuiltInModel } from '../models/builtInModel';
import type { ModelTicks } from '../models/modelTicks';
import type { ScenarioFiles } from '../scenarios/scenarioFiles';
import type { Target } from '../scenarios/target';
import type { RunActivity } from './runActivity';
import type { RunController } from './runController';
import { type NextStep, type RunReport, reportRun } from './runReport';
import { NothingToRun, selectScenarios } from './selection';

export interface RunDeskParts {
  readonly scenarios: ScenarioFiles;
  readonly controller: RunController;
  readonly activity: RunActivity;
  readonly ticks: ModelTicks;
  readonly builtIn: BuiltInModel;
}

export interface RunWish {
  readonly variants?: 'quick';
  /** Instead of the ticked ones. */
  readonly models?: readonly string[];
}

export class RunDesk {
  constructor(private readonly parts: RunDeskParts) {}

  cancel(): void {
    this.parts.controller.cancel();
  }

  async run(target: Target, wish: RunWish = {}): Promise<void> {
    const { scenarios, controller, activity } = this.parts;
    if (!vscode.workspace.isTrusted) return this.explainRestricted();
    if (activity.isRunning) return this.explainRunning();
    try {
      const selection = await selectScenarios(scenarios, target);
      const models = await this.chooseModels(wish.models ?? this.parts.ticks.list());
      if (models.length === 0) return;
      const report = reportRun(await controller.run({ target, selection, models, variants: wish.variants }));
      // Not awaited: the command is done, whatever the user does with the message.
      void this.tell(report, target);
    } catch (error) {
      if (!(error instanceof NothingToRun)) throw error;
      void vscode.window.showWarningMessage(error.message);
    }
  }

  /** Those that can be asked now. */
  private async chooseModels(wanted: readonly string[]): Promise<readonly string[]> {
    const { builtIn } = this.parts;
    if (wanted.length === 0) {
      const open = vscode.l10n.t('Show Models');
      const message = vscode.l10n.t('No model is ticked. Tick one in the Models view, then run again.');
      void vscode.window.showWarningMessage(message, open).then((answer) => {
        if (answer === open) void vscode.commands.executeCommand('valueActionLens.models.focus');
      });
      return [];
    }
    if (!wanted.includes(builtIn.id) || (await builtIn.isInstalled()) || (await builtIn.offerDownload())) return wanted;
    return wanted.filter((id) => id !== builtIn.id);
  }

  private async tell({ severity, message, steps, model }: RunReport, target: Target): Promise<void> {
    if (message === '') return;
    const names: Record<NextStep, string> = {
      charts: vscode.l10n.t('Open Charts'),
      key: vscode.l10n.t('Set API Key…'),
      choose: vscode.l10n.t('Choose Models…'),
      test: vscode.l10n.t('Test Connection'),
      download: vscode.l10n.t('Download'),
      log: vscode.l10n.t('Show Log'),
    };
    const show = {
      info: vscode.window.showInformationMessage,
      warning: vscode.window.showWarningMessage,
      error: vscode.window.showErrorMessage,
    }[severity];
    const answer = await show(message, ...steps.map((step) => names[step]));
    const step = steps.find((candidate) => names[candidate] === answer);
    if (step) await this.take(step, target, model);
  }

  private async take(step: NextStep, target: Target, model: string | undefined): Promise<void> {
    const commands: Record<NextStep, [command: string, argument?: unknown]> = {
      charts: ['openCharts', target],
      key: ['setKey', { model }],
      choose: ['chooseModels', { model }],
      test: ['testConnection', { model }],
      download: ['downloadBuiltIn'],
      log: ['showLog'],
    };
    const [command, argument] = commands[step];
    await vscode.commands.executeCommand(`valueActionLens.${command}`, argument);
  }

  private async explainRestricted(): Promise<void> {
    const manage = vscode.l10n.t('Manage Workspace Trust');
    const message = vscode.l10n.t(
      'Running is off in Restricted Mode, since a scenario file decides what is sent to your models. Trust the workspace to run.',
    );
    if ((await vscode.window.showWarningMessage(message, manage)) === manage) {
      await vscode.commands.executeCommand('workbench.trust.manage');
    }
  }

  private async explainRunning(): Promise<void> {
    const cancel = vscode.l10n.t('Cancel Run');
    const message = vscode.l10n.t('A run is going on. Wait for it, or cancel it first; its answers are kept.');
    if ((await vscode.window.showInformationMessage(message, cancel)) === cancel) this.cancel();
  }
}
