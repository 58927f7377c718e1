/** What a command was told to inspect: a row of a tree, a target of ours, or the arguments of a link. */
import * as vscode from 'vscode';
import { readTarget } from '../scenarios/target';
import type { Subject } from './inspector';

/** Undefined where the argument names no item, as from the palette. */
export function readInspectTarget(argument: unknown): Subject | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  // A row of the Gaps view says which model, and which list it is from.
  if ('gap' in argument) return readPlace(argument.gap, 'view');
  const target = readTarget(argument);
  if (target?.kind === 'item') {
    return { file: target.file.fsPath, scenario: target.scenario, value: target.value, order: 'file' };
  }
  // Links carry text alone.
  const { uri } = argument as { uri?: unknown };
  if (typeof uri !== 'string') return undefined;
  return readPlace({ ...argument, file: vscode.Uri.parse(uri).fsPath }, 'file');
}

function readPlace(argument: unknown, order: Subject['order']): Subject | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { file, scenario, value, model } = argument as Record<string, unknown>;
  if (typeof file !== 'string' || typeof scenario !== 'string' || typeof value !== 'string') return undefined;
  return { file, scenario, value, order, ...(typeof model === 'string' && { model }) };
}

/** A link to the inspector for Markdown that is trusted with this command alone; nothing of a file or model is in its text. */
export function renderInspectLink(target: {
  file: vscode.Uri;
  scenario: string;
  value: string;
}): vscode.MarkdownString {
  const command = 'valueActionLens.inspectGap';
  const { file, scenario, value } = target;
  const parameters = JSON.stringify([{ uri: file.toString(), scenario, value }]);
  // A parenthesis would end the link; the other four mean something to Markdown.
  const encoded = encodeURIComponent(parameters).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const words = vscode.l10n.t('Inspect this item');
  const link = new vscode.MarkdownString(`[$(search) ${words}](command:${command}?${encoded})`, true);
  link.isTrusted = { enabledCommands: [command] };
  link.supportHtml = false;
  return link;
}
