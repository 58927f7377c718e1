/** The result of a prediction as a read-only Markdown page. */
import * as vscode from 'vscode';
import { writePredictionMarkdown } from '../../display/predictionMarkdown';
import { shortenModelId } from '../../display/sentences';
import { SCHEMES } from '../names';
import type { PredictionStore } from './predictionStore';
import type { StoredPrediction } from './storedPrediction';

export class PredictionPages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly store: PredictionStore) {
    this.subscriptions = [
      this.changed,
      store.onDidChange(() => {
        for (const { uri } of vscode.workspace.textDocuments)
          if (uri.scheme === SCHEMES.prediction) this.changed.fire(uri);
      }),
    ];
  }

  /** Rendered where VS Code's Markdown preview is there, else as text. */
  async open(prediction: StoredPrediction): Promise<void> {
    const uri = pageOf(prediction);
    this.changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    try {
      await vscode.commands.executeCommand('markdown.showPreview', uri);
    } catch {
      // The extension that previews Markdown comes with VS Code, but can be switched off.
      await vscode.window.showTextDocument(document);
    }
  }

  provideTextDocumentContent({ query }: vscode.Uri): string {
    const prediction = this.store.get(query);
    if (!prediction) return vscode.l10n.t('This prediction is not there any more.');
    const { report, target, unanswered } = prediction;
    return writePredictionMarkdown(report, target, unanswered);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

function pageOf({ target, observer, path }: StoredPrediction): vscode.Uri {
  const name = `${shortenModelId(target)} predicted by ${shortenModelId(observer)}`.replace(/[/\\?#]/g, '-');
  return vscode.Uri.from({ scheme: SCHEMES.prediction, path: `/${name}.md`, query: path });
}
