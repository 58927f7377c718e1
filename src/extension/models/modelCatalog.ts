/** Every model that can be ticked, by who offers it, and the way to each. */
import * as vscode from 'vscode';
import { ModelError } from '../../models/client';
import type { Endpoint, EndpointModel } from '../../models/endpoints';
import { parseModelId } from '../../models/modelIds';
import type { EndpointKeys, KeyState } from '../secrets';
import type { Settings } from '../settings';
import type { BuiltInModel } from './builtInModel';
import { findModelOfRun, type RunModel } from './modelOfRun';
import { type ModelToAsk, TEMPERATURE } from './modelToAsk';
import { VSCodeModelClient, vscodeModelId } from './vscodeLm';

export interface OfferedModel {
  /** `ENDPOINT/MODEL`, `vscode/VENDOR/ID` or `builtin/NAME`. */
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
  /** What else to know before asking it; in the tooltip. */
  readonly about?: string;
}

export type ModelGroup =
  | {
      readonly kind: 'builtIn';
      readonly label: string;
      readonly models: readonly OfferedModel[];
      readonly isInstalled: boolean;
    }
  | {
      readonly kind: 'endpoint';
      readonly label: string;
      readonly models: readonly OfferedModel[];
      readonly endpoint: Endpoint;
      readonly key: KeyState;
    }
  | { readonly kind: 'vscode'; readonly label: string; readonly models: readonly OfferedModel[] };

export class ModelCatalog implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly settings: Settings,
    private readonly keys: EndpointKeys,
    private readonly builtIn: BuiltInModel,
  ) {
    this.subscriptions = [
      this.changed,
      settings.onDidChangeModels(() => this.changed.fire()),
      builtIn.onDidChange(() => this.changed.fire()),
      vscode.lm.onDidChangeChatModels(() => this.changed.fire()),
    ];
  }

  /** Something outside the settings has changed, such as a key. */
  refresh(): void {
    this.changed.fire();
  }

  async list(): Promise<readonly ModelGroup[]> {
    return [
      await this.listBuiltIn(),
      ...(await Promise.all((await this.settings.endpoints()).map((endpoint) => this.listEndpoint(endpoint)))),
      await this.listVSCode(),
    ];
  }

  /** @throws {ModelError} where the model is no longer offered; the message says what to do. */
  async connect(id: string): Promise<ModelToAsk> {
    const parsed = parseModelId(id);
    if (parsed?.kind === 'vscode') {
      return { client: await VSCodeModelClient.find(parsed), parameters: { temperature: TEMPERATURE } };
    }
    if (parsed?.kind === 'builtin') return this.builtIn.connect();
    return this.connectToEndpoint(id);
  }

  /**
   * The model of an earlier run, at the address it was asked at then; its id stays as it is in the run.
   * @throws {ModelError} where it is not offered now; the message says what to do.
   */
  async connectAgain(run: RunModel): Promise<ModelToAsk> {
    const kind = parseModelId(run.id)?.kind;
    if (run.baseUrl === undefined && kind !== 'endpoint') {
      const asked = await this.connect(run.id);
      if (asked.client.id === run.id) return asked;
      await asked.client.dispose?.();
      throw unavailable(
        vscode.l10n.t('The run was made with {0}; the settings now name {1}.', run.id, asked.client.id),
      );
    }
    const found = findModelOfRun(await this.settings.endpoints(), run);
    switch (found.kind) {
      case 'found':
        return this.open(found.endpoint, found.model, run.id);
      case 'not-chosen':
        throw new ModelError(
          'unknown-model',
          'stop',
          vscode.l10n.t(
            '{0} no longer offers {1}. Choose its models again in the Models view, then resume.',
            found.endpoint.name,
            found.name,
          ),
        );
      case 'moved':
        throw unavailable(
          vscode.l10n.t(
            'The run was made at {0}, and the endpoint {1} is at {2} now. Add an endpoint with the first address to go on, or run again.',
            found.baseUrl,
            found.endpoint.name,
            found.endpoint.baseUrl,
          ),
        );
      case 'no-endpoint':
        throw unavailable(
          vscode.l10n.t(
            'The run was made at {0}, which no endpoint in the settings has as its base URL. Add it in the Models view, then resume.',
            found.baseUrl,
          ),
        );
      case 'no-address':
        throw unavailable(
          vscode.l10n.t('The run does not say where {0} was asked, so nobody can be asked again. Run again.', run.id),
        );
    }
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async listBuiltIn(): Promise<ModelGroup> {
    const { id, label } = this.builtIn;
    const isInstalled = await this.builtIn.isInstalled();
    const detail = isInstalled
      ? vscode.l10n.t('tiny, to try the tool')
      : vscode.l10n.t('tiny, to try the tool · {0} to download', this.builtIn.size);
    const about =
      isInstalled || this.builtIn.hasRuntime
        ? undefined
        : vscode.l10n.t(
            'This package of the extension comes without the runtime; the one for linux-x64 has it. The download brings it too.',
          );
    return { kind: 'builtIn', label: vscode.l10n.t('Built-in'), models: [{ id, label, detail, about }], isInstalled };
  }

  private async listEndpoint(endpoint: Endpoint): Promise<ModelGroup> {
    const models = endpoint.models.map((model) => ({
      id: `${endpoint.name}/${model.id}`,
      label: model.id,
      detail: model.structuredOutput ? vscode.l10n.t('structured output') : undefined,
    }));
    return { kind: 'endpoint', label: endpoint.name, endpoint, models, key: await this.keys.stateOf(endpoint) };
  }

  private async listVSCode(): Promise<ModelGroup> {
    const models = await vscode.lm.selectChatModels();
    return {
      kind: 'vscode',
      label: vscode.l10n.t('VS Code language models'),
      models: models.map((model) => ({ id: vscodeModelId(model), label: model.name, detail: model.vendor })),
    };
  }

  private async connectToEndpoint(id: string): Promise<ModelToAsk> {
    for (const endpoint of await this.settings.endpoints()) {
      const model = endpoint.models.find((offered) => `${endpoint.name}/${offered.id}` === id);
      if (model) return this.open(endpoint, model, id);
    }
    throw new ModelError(
      'unknown-model',
      'stop',
      vscode.l10n.t('No endpoint in the settings offers {0}. Choose its models again in the Models view.', id),
    );
  }

  private async open(endpoint: Endpoint, model: EndpointModel, id: string): Promise<ModelToAsk> {
    const { parametersOf } = await import('../../models/endpoints');
    const { OpenAICompatibleClient } = await import('../../models/openai');
    const client = new OpenAICompatibleClient({
      endpoint,
      model: model.id,
      id,
      apiKey: await this.keys.get(endpoint),
    });
    const { requestsPerMinute, tokensPerMinute } = endpoint;
    return {
      client,
      parameters: { temperature: TEMPERATURE, ...parametersOf(model) },
      limits: { requestsPerMinute, tokensPerMinute },
      price: model.price,
      connectToBatches: () => client.forBatches(),
    };
  }
}

function unavailable(message: string): ModelError {
  return new ModelError('unavailable', 'stop', message);
}
