/** Endpoints, their keys and models, and the built-in model. */
import * as vscode from 'vscode';
import type { Endpoint } from '../../models/endpoints';
import { parseModelId } from '../../models/modelIds';
import { showError, showInformation, showWarning } from '../messages';
import type { BuiltInModel } from '../models/builtInModel';
import { askForEndpoint } from '../models/endpointForm';
import type { ModelCatalog } from '../models/modelCatalog';
import type { ModelTicks } from '../models/modelTicks';
import type { EndpointKeys } from '../secrets';
import type { Settings } from '../settings';
import type { CommandTable } from './commandTable';

/** Somebody is waiting in front of it. */
const CONNECTION_TIMEOUT_MS = 15_000;

export interface ModelCommandParts {
  readonly settings: Settings;
  readonly keys: EndpointKeys;
  readonly catalog: ModelCatalog;
  readonly ticks: ModelTicks;
  readonly builtIn: BuiltInModel;
}

export function modelCommands(parts: ModelCommandParts): CommandTable {
  const { settings, keys, catalog, ticks, builtIn } = parts;
  const withEndpoint = (act: (endpoint: Endpoint) => Promise<unknown>) => async (argument: unknown) => {
    const endpoint = readEndpoint(argument, await settings.endpoints()) ?? (await chooseEndpoint(settings));
    if (endpoint) await act(endpoint);
  };
  return {
    addEndpoint: async () => {
      const form = await askForEndpoint((await settings.endpoints()).map(({ name }) => name));
      if (!form) return;
      const endpoint: Endpoint = { name: form.name, baseUrl: form.baseUrl, models: [] };
      await settings.saveEndpoint(endpoint);
      if (form.key) await keys.set(endpoint, form.key);
      catalog.refresh();
      await chooseModels(parts, endpoint);
    },
    removeEndpoint: withEndpoint(async (endpoint) => {
      const remove = vscode.l10n.t('Remove');
      const message = vscode.l10n.t('Remove the endpoint {0} and its key?', endpoint.name);
      const detail = vscode.l10n.t('Runs that were made with it stay.');
      if ((await showWarning(message, { modal: true, detail }, remove)) !== remove) return;
      await ticks.set(endpoint.models.map((model) => [`${endpoint.name}/${model.id}`, false] as const));
      await keys.delete(endpoint);
      await settings.removeEndpoint(endpoint.name);
    }),
    chooseModels: withEndpoint((endpoint) => chooseModels(parts, endpoint)),
    setKey: withEndpoint((endpoint) => setKey(parts, endpoint)),
    testConnection: withEndpoint((endpoint) => testConnection(parts, endpoint)),
    downloadBuiltIn: async () => {
      await builtIn.offerDownload();
    },
  };
}

/** A row of the Models view, or the id of a model that a message's button is about. */
function readEndpoint(argument: unknown, endpoints: readonly Endpoint[]): Endpoint | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  if ('model' in argument && typeof argument.model === 'string') {
    const id = parseModelId(argument.model);
    return id?.kind === 'endpoint' ? endpoints.find(({ name }) => name === id.endpoint) : undefined;
  }
  if (!('group' in argument)) return undefined;
  const { group } = argument as { group: { kind?: unknown; endpoint?: Endpoint } };
  return group.kind === 'endpoint' ? group.endpoint : undefined;
}

async function chooseEndpoint(settings: Settings): Promise<Endpoint | undefined> {
  const endpoints = await settings.endpoints();
  if (endpoints.length === 0) {
    await vscode.commands.executeCommand('valueActionLens.addEndpoint');
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(
    endpoints.map((endpoint) => ({ label: endpoint.name, description: endpoint.baseUrl, endpoint })),
    { placeHolder: vscode.l10n.t('Which endpoint?') },
  );
  return picked?.endpoint;
}

async function setKey({ keys, catalog }: ModelCommandParts, endpoint: Endpoint): Promise<void> {
  const key = await vscode.window.showInputBox({
    title: vscode.l10n.t('API key of {0}', endpoint.name),
    prompt: vscode.l10n.t('Sent to {0} only, kept in the secret storage. Leave empty to remove it.', endpoint.baseUrl),
    password: true,
    ignoreFocusOut: true,
  });
  if (key === undefined) return;
  if (key.trim() === '') await keys.delete(endpoint);
  else await keys.set(endpoint, key.trim());
  catalog.refresh();
}

/** Undefined where the endpoint answers but keeps no list. @throws {ModelError} where it does not answer. */
async function askForModels({ keys }: ModelCommandParts, endpoint: Endpoint): Promise<readonly string[] | undefined> {
  const apiKey = await keys.get(endpoint);
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Asking {0} for its models…', endpoint.name),
      cancellable: true,
    },
    async (_progress, token) => {
      const { OpenAICompatibleClient } = await import('../../models/openai');
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      const client = new OpenAICompatibleClient({ endpoint, model: '', apiKey, timeoutMs: CONNECTION_TIMEOUT_MS });
      return (await client.testConnection(abort.signal)).models;
    },
  );
}

async function testConnection(parts: ModelCommandParts, endpoint: Endpoint): Promise<void> {
  try {
    const models = await askForModels(parts, endpoint);
    const absent = endpoint.models.map(({ id }) => id).filter((id) => models && !models.includes(id));
    if (!models || absent.length === 0) {
      const offer = models ? vscode.l10n.t('and offers {0} models', models.length) : vscode.l10n.t('and keeps no list');
      void showInformation(vscode.l10n.t('{0} answers at {1} {2}.', endpoint.name, endpoint.baseUrl, offer));
      return;
    }
    const choose = vscode.l10n.t('Choose Models…');
    const message = vscode.l10n.t('{0} answers, but does not list {1}.', endpoint.name, absent.join(', '));
    if ((await showWarning(message, choose)) === choose) await chooseModels(parts, endpoint);
  } catch (error) {
    const set = vscode.l10n.t('Set API Key…');
    if ((await showError(describe(error), set)) === set) await setKey(parts, endpoint);
  }
}

/** Which of the endpoint's models to offer; those newly chosen are ticked. */
async function chooseModels(parts: ModelCommandParts, endpoint: Endpoint): Promise<void> {
  const { settings, ticks } = parts;
  const known = new Map(endpoint.models.map((model) => [model.id, model]));
  const offered = await askForModels(parts, endpoint).catch((error: unknown) => {
    const message = vscode.l10n.t('{0} You can still type the name of a model.', describe(error));
    void showWarning(message);
    return undefined;
  });
  const names = [...new Set([...known.keys(), ...(offered ?? [])])];
  const chosen = names.length === 0 ? await typeName(endpoint) : await pickNames(endpoint, names, known);
  if (!chosen) return;
  // Parameters that were set for a model stay with it.
  const models = chosen.map((id) => known.get(id) ?? id);
  await settings.saveEndpoint({ name: endpoint.name, baseUrl: endpoint.baseUrl, models });
  const kept = new Set(chosen);
  await ticks.set([
    ...chosen.filter((id) => !known.has(id)).map((id) => [`${endpoint.name}/${id}`, true] as const),
    ...[...known.keys()].filter((id) => !kept.has(id)).map((id) => [`${endpoint.name}/${id}`, false] as const),
  ]);
}

async function typeName(endpoint: Endpoint): Promise<string[] | undefined> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Models of {0}', endpoint.name),
    prompt: vscode.l10n.t('The name of a model as the endpoint knows it; several with commas.'),
    ignoreFocusOut: true,
  });
  const names = text?.split(',').map((name) => name.trim());
  return names?.filter((name) => name !== '');
}

async function pickNames(
  endpoint: Endpoint,
  names: readonly string[],
  known: ReadonlyMap<string, unknown>,
): Promise<string[] | undefined> {
  const other = { label: vscode.l10n.t('Type another name…'), alwaysShow: true };
  const picked = await vscode.window.showQuickPick(
    [...names.map((name) => ({ label: name, picked: known.has(name) })), other],
    {
      canPickMany: true,
      title: vscode.l10n.t('Models of {0}', endpoint.name),
      placeHolder: vscode.l10n.t('Those to offer in the Models view'),
      ignoreFocusOut: true,
    },
  );
  if (!picked) return undefined;
  const typed = picked.includes(other) ? ((await typeName(endpoint)) ?? []) : [];
  return [...new Set([...picked.filter((row) => row !== other).map(({ label }) => label), ...typed])];
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
