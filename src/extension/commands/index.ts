/** Every command of the manifest, in one table. */
import * as vscode from 'vscode';
import type { Log } from '../log';
import type { CommandTable } from './commandTable';
import { type CompareCommandParts, compareCommands } from './compareCommands';
import { type GapCommandParts, gapCommands } from './gapCommands';
import { type GenerateCommandParts, generateCommands } from './generateCommands';
import { type ModelCommandParts, modelCommands } from './modelCommands';
import { type PredictCommandParts, predictCommands } from './predictCommands';
import { type PromptCommandParts, promptCommands } from './promptCommands';
import { type ResumeCommandParts, resumeCommands } from './resumeCommands';
import { type ReviewCommandParts, reviewCommands } from './reviewCommands';
import { type RunCommandParts, runCommands } from './runCommands';
import { type RunFileCommandParts, runFileCommands } from './runFileCommands';
import { type ScenarioCommandParts, scenarioCommands } from './scenarioCommands';

export type CommandParts = RunCommandParts &
  GenerateCommandParts &
  CompareCommandParts &
  ScenarioCommandParts &
  ModelCommandParts &
  GapCommandParts &
  PredictCommandParts &
  PromptCommandParts &
  ResumeCommandParts &
  ReviewCommandParts &
  RunFileCommandParts & { readonly log: Log };

export function listCommands(parts: CommandParts): CommandTable {
  return {
    ...runCommands(parts),
    ...resumeCommands(parts),
    ...scenarioCommands(parts),
    ...modelCommands(parts),
    ...gapCommands(parts),
    ...compareCommands(parts),
    ...runFileCommands(parts),
    ...predictCommands(parts),
    ...promptCommands(parts),
    ...reviewCommands(parts),
    ...generateCommands(parts),
    openSettings: async () => {
      await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:value-action-lens.value-action-lens');
    },
    showLog: () => parts.log.show(),
  };
}
