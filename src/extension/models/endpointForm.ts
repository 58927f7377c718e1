/** Three questions that make an endpoint: where it is, what to call it, and its key. */
import * as vscode from 'vscode';
import { endpointSchema, explainBaseUrl } from '../../models/endpoints';

export interface EndpointForm {
  readonly name: string;
  readonly baseUrl: string;
  readonly key?: string;
}

interface Preset extends vscode.QuickPickItem {
  readonly name: string;
  readonly baseUrl: string;
  readonly needsKey: boolean;
}

function listPresets(): Preset[] {
  const local = { needsKey: false };
  return [
    { label: 'OpenAI', name: 'openai', baseUrl: 'https://api.openai.com/v1', needsKey: true },
    { label: 'Ollama', name: 'ollama', baseUrl: 'http://localhost:11434/v1', ...local },
    { label: 'LM Studio', name: 'lmstudio', baseUrl: 'http://localhost:1234/v1', ...local },
    { label: 'vLLM', name: 'vllm', baseUrl: 'http://localhost:8000/v1', ...local },
    { label: vscode.l10n.t('Another base URL…'), name: '', baseUrl: '', needsKey: true },
  ].map((preset) => ({ ...preset, description: preset.baseUrl }));
}

/** Undefined where the user leaves. */
export async function askForEndpoint(taken: readonly string[]): Promise<EndpointForm | undefined> {
  const preset = await vscode.window.showQuickPick(listPresets(), {
    title: vscode.l10n.t('Add Endpoint'),
    placeHolder: vscode.l10n.t('Anything that speaks the OpenAI protocol'),
    ignoreFocusOut: true,
  });
  if (!preset) return undefined;
  const baseUrl = await vscode.window.showInputBox({
    title: vscode.l10n.t('Base URL'),
    value: preset.baseUrl,
    placeHolder: 'https://example.com/v1',
    ignoreFocusOut: true,
    validateInput: explainBaseUrl,
  });
  if (baseUrl === undefined) return undefined;
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Name'),
    prompt: vscode.l10n.t('Model ids start with it, as in openai/gpt-4o-mini.'),
    value: makeUnique(preset.name || suggestName(baseUrl), taken),
    ignoreFocusOut: true,
    validateInput: (text) => checkName(text, taken),
  });
  if (name === undefined) return undefined;
  if (!preset.needsKey) return { name, baseUrl };
  const key = await vscode.window.showInputBox({
    title: vscode.l10n.t('API key of {0}', name),
    prompt: vscode.l10n.t('Kept in the secret storage. Leave empty where none is needed.'),
    password: true,
    ignoreFocusOut: true,
  });
  return key === undefined ? undefined : { name, baseUrl, key: key.trim() || undefined };
}

function checkName(text: string, taken: readonly string[]): string | undefined {
  if (taken.includes(text)) return vscode.l10n.t('There is an endpoint of this name. Choose another.');
  const checked = endpointSchema.shape.name.safeParse(text);
  return checked.success ? undefined : checked.error.issues[0]?.message;
}

function suggestName(baseUrl: string): string {
  const labels = new URL(baseUrl).hostname.split('.').filter((label) => label !== 'api' && label !== 'www');
  return labels[0]?.replace(/[^A-Za-z0-9-]/g, '') || 'endpoint';
}

function makeUnique(name: string, taken: readonly string[]): string {
  let unique = name;
  for (let n = 2; taken.includes(unique); n++) unique = `${name}-${n}`;
  return unique;
}
