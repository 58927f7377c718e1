/** VS Code's own language models (Copilot and others) behind the ModelClient port. Asked only on a user's action. */
import * as vscode from 'vscode';
import { type ModelClient, ModelError, type ModelReply, type ModelRequest } from '../../models/client';
import { joinMessages, toModelOptions } from './vscodeLmRequest';

export function vscodeModelId(model: Pick<vscode.LanguageModelChat, 'vendor' | 'id'>): string {
  return `vscode/${model.vendor}/${model.id}`;
}

export class VSCodeModelClient implements ModelClient {
  readonly id: string;
  readonly notes = [
    vscode.l10n.t('VS Code language models have no system role: the system prompt stands before the user message.'),
  ];
  /** The provider's own limits are unknown and shared with the user's other work. */
  readonly maxConcurrency = 4;

  constructor(private readonly model: vscode.LanguageModelChat) {
    this.id = vscodeModelId(model);
  }

  /** @throws {ModelError} where there is no such model now. */
  static async find({ vendor, id }: { readonly vendor: string; readonly id: string }): Promise<VSCodeModelClient> {
    const [model] = await vscode.lm.selectChatModels({ vendor, id });
    if (model) return new VSCodeModelClient(model);
    throw new ModelError(
      'unknown-model',
      'stop',
      vscode.l10n.t(
        'VS Code offers no language model {0} now. Sign in to the extension that provides it, or tick another model.',
        vscodeModelId({ vendor, id }),
      ),
    );
  }

  async complete(request: ModelRequest, signal: AbortSignal): Promise<ModelReply> {
    const source = new vscode.CancellationTokenSource();
    const cancel = () => source.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    try {
      const response = await this.model.sendRequest(
        [vscode.LanguageModelChatMessage.User(joinMessages(request.messages))],
        {
          justification: vscode.l10n.t('Value-Action Lens asks this model the questions of your scenario file.'),
          modelOptions: toModelOptions(request.parameters),
        },
        source.token,
      );
      let text = '';
      for await (const part of response.text) text += part;
      return { text };
    } catch (error) {
      throw this.explain(error, signal);
    } finally {
      signal.removeEventListener('abort', cancel);
      source.dispose();
    }
  }

  private explain(error: unknown, signal: AbortSignal): ModelError {
    const cause = { cause: error };
    const said = error instanceof Error ? error.message : String(error);
    if (signal.aborted) {
      return new ModelError('canceled', 'fail', vscode.l10n.t('The run was cancelled.'), undefined, cause);
    }
    const code = error instanceof vscode.LanguageModelError ? error.code : '';
    switch (code) {
      case vscode.LanguageModelError.NoPermissions.name:
        return new ModelError(
          'forbidden',
          'stop',
          vscode.l10n.t('VS Code did not allow asking {0}. Run again and choose Allow.', this.id),
          undefined,
          cause,
        );
      case vscode.LanguageModelError.NotFound.name:
        return new ModelError(
          'unknown-model',
          'stop',
          vscode.l10n.t('VS Code no longer offers {0}. Tick another model in the Models view.', this.id),
          undefined,
          cause,
        );
      case vscode.LanguageModelError.Blocked.name:
        return new ModelError(
          'rate-limited',
          'stop',
          vscode.l10n.t('{0} is blocked or its quota is used up: {1}', this.id, said),
          undefined,
          cause,
        );
      default:
        return new ModelError(
          'server-error',
          'retry',
          vscode.l10n.t('{0} gave an error: {1}', this.id, said),
          undefined,
          cause,
        );
    }
  }
}
