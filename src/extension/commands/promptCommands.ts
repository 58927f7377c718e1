/** Looking at prompts before they are sent. */
import * as vscode from 'vscode';
import { formatCurl, nameKeyVariable } from '../../models/curl';
import { parametersOf } from '../../models/endpoints';
import { parseModelId } from '../../models/modelIds';
import { buildChatBody, RejectedParameters } from '../../models/openaiRequest';
import { showInformation } from '../messages';
import type { ModelTicks } from '../models/modelTicks';
import { TEMPERATURE } from '../models/modelToAsk';
import { listPrompts, type PromptPreviews } from '../preview/promptPreview';
import type { EndpointKeys } from '../secrets';
import type { Settings } from '../settings';
import type { CommandTable } from './commandTable';

export interface PromptCommandParts {
  readonly previews: PromptPreviews;
  readonly settings: Settings;
  readonly keys: EndpointKeys;
  readonly ticks: ModelTicks;
}

export function promptCommands(parts: PromptCommandParts): CommandTable {
  return {
    previewPrompts: () => parts.previews.open(),
    copyAsCurl: () => copyAsCurl(parts),
  };
}

/** One prompt of the item under the cursor, as the first ticked endpoint's model would be asked it. */
async function copyAsCurl({ previews, settings, keys, ticks }: PromptCommandParts): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const found = editor && (await previews.find(editor));
  if (!found) {
    void showInformation(vscode.l10n.t('Put the cursor on an item of a scenario file, then copy one of its prompts.'));
    return;
  }
  const picked = await vscode.window.showQuickPick(
    listPrompts(found.scenario, found.item?.value).flatMap(({ label: system, prompts }) =>
      prompts.map((prompt) => ({
        label: `${prompt.task === 'state' ? 'Task 1' : 'Task 2'} · ${prompt.variant}`,
        description: system === undefined ? prompt.title : `${system} · ${prompt.title}`,
        prompt,
      })),
    ),
    { title: vscode.l10n.t('Copy as cURL: which prompt?') },
  );
  if (!picked) return;
  const endpoints = await settings.endpoints();
  const [asked] = [...ticks.list(), ...endpoints.flatMap(({ name, models }) => models.map(({ id }) => `${name}/${id}`))]
    .map((id) => ({ id, parsed: parseModelId(id) }))
    .flatMap(({ id, parsed }) => {
      const endpoint = parsed?.kind === 'endpoint' && endpoints.find(({ name }) => name === parsed.endpoint);
      return endpoint && parsed.kind === 'endpoint' ? [{ id, endpoint, model: parsed.model }] : [];
    });
  if (!asked) {
    void showInformation(vscode.l10n.t('cURL needs an endpoint. Add one in the Models view.'));
    return;
  }
  const { endpoint, model, id } = asked;
  const parameters = parametersOf(endpoint.models.find((offered) => offered.id === model) ?? { id: model });
  const request = { ...picked.prompt, parameters: { temperature: TEMPERATURE, ...parameters } };
  const keyVariable = (await keys.get(endpoint)) === undefined ? undefined : nameKeyVariable(id);
  const body = buildChatBody(model, request, new RejectedParameters());
  await vscode.env.clipboard.writeText(formatCurl(endpoint.baseUrl, body, keyVariable));
  void showInformation(
    keyVariable
      ? vscode.l10n.t('Copied. The command takes the key from the environment variable {0}.', keyVariable)
      : vscode.l10n.t('Copied.'),
  );
}
