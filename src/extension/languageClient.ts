/** Starts the language server when the first scenario opens; diagnostics come from there. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { ServerOptions } from '../protocol/languageServer';
import type { Log } from './log';
import { isScenario, LANGUAGE_ID } from './scenarios/scenarioFiles';

/** Not in the palette: quick fixes carry it. */
const WRITE_HERE = 'valueActionLens.writeHere';

export class LanguageServer implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[];
  private starting: Promise<LanguageClient | undefined> | undefined;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly log: Log,
    /** Where the editor's own hover already says what a value means, the server's would say it again. */
    private readonly ownHover: vscode.HoverProvider,
  ) {
    this.subscriptions = [
      vscode.workspace.onDidOpenTextDocument((document) => this.startFor(document)),
      vscode.commands.registerCommand(WRITE_HERE, putCursor),
    ];
    for (const document of vscode.workspace.textDocuments) this.startFor(document);
  }

  /** Stops the server; resolves when its process is gone. */
  async stop(): Promise<void> {
    const client = await this.starting;
    await client?.dispose();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private startFor(document: vscode.TextDocument): void {
    if (isScenario(document)) this.starting ??= this.start();
  }

  private async start(): Promise<LanguageClient | undefined> {
    try {
      const { LanguageClient, TransportKind } = await import('./languageClientLibrary');
      const module = vscode.Uri.joinPath(this.extensionUri, 'dist', 'server.js').fsPath;
      const client = new LanguageClient(
        'valueActionLens',
        'Value-Action Lens',
        { module, transport: TransportKind.ipc },
        {
          // Not one side of a diff: its problems are those of the file, told twice.
          documentSelector: [
            { language: LANGUAGE_ID, scheme: 'file' },
            { language: LANGUAGE_ID, scheme: 'untitled' },
          ],
          initializationOptions: { writeHere: WRITE_HERE } satisfies ServerOptions,
          outputChannel: this.log.output,
          middleware: {
            provideHover: async (document, position, token, next) =>
              (await this.ownHover.provideHover(document, position, token))
                ? undefined
                : next(document, position, token),
          },
        },
      );
      await client.start();
      return client;
    } catch (error) {
      this.log.error(
        vscode.l10n.t(
          'The language server did not start, so problems in scenario files are not shown. Reload the window to try again.',
        ),
        error,
      );
      return undefined;
    }
  }
}

/** After a quick fix that leaves a text to be written: the cursor goes there, unless somebody writes there already. */
function putCursor(uri: string, { line, character }: { line: number; character: number }): void {
  const wanted = vscode.Uri.parse(uri).toString();
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === wanted);
  if (!editor || line >= editor.document.lineCount) return;
  const behind = editor.document.lineAt(line).text.slice(character);
  if (!/^(?:\s*$|")/.test(behind)) return;
  const place = new vscode.Position(line, character);
  editor.selection = new vscode.Selection(place, place);
  editor.revealRange(new vscode.Range(place, place), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
