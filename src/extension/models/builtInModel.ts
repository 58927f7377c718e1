/** The built-in model in the editor: is it there, getting it, and a client for it. */
import * as vscode from 'vscode';
import { builtInId, DEFAULT_BUILT_IN } from '../../models/builtin/catalog';
import { findPackagedRuntime } from '../../models/builtin/home';
import type { InstalledModel, InstallProgress } from '../../models/builtin/install';
import { ModelError } from '../../models/client';
import type { Log } from '../log';
import { showError, showInformation } from '../messages';
import type { Settings } from '../settings';
import { type ModelToAsk, TEMPERATURE } from './modelToAsk';

/** As people read it. */
const SIZE_OF_WEIGHTS = '100 MB';
const SIZE_WITH_RUNTIME = '185 MB';

export class BuiltInModel implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  /** Whether this package of the extension brings the runtime. */
  readonly hasRuntime: boolean;
  private readonly subscription: vscode.Disposable;
  private installed: Promise<boolean> | undefined;
  private download: Promise<boolean> | undefined;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly settings: Settings,
    private readonly log: Log,
  ) {
    this.hasRuntime = findPackagedRuntime(this.options.processEntry) !== undefined;
    this.subscription = settings.onDidChangeModels(() => this.lookAgain());
  }

  /** `builtin/NAME`; another one where the settings name a file of the user's own. */
  get id(): string {
    return builtInId(this.options);
  }

  get label(): string {
    return this.options.modelPath ? this.id.replace(/^builtin\//, '') : DEFAULT_BUILT_IN.title;
  }

  /** What is to be downloaded. */
  get size(): string {
    return this.hasRuntime ? SIZE_OF_WEIGHTS : SIZE_WITH_RUNTIME;
  }

  /** Whether it can be asked at once. */
  isInstalled(): Promise<boolean> {
    this.installed ??= this.find().then(
      (found) => found !== undefined,
      () => false,
    );
    return this.installed;
  }

  /** @throws {ModelError} where it is not there. */
  async connect(): Promise<ModelToAsk> {
    const found = await this.find();
    if (!found) {
      this.lookAgain();
      throw new ModelError(
        'unavailable',
        'stop',
        vscode.l10n.t('The built-in model is not on this machine yet. Download it in the Models view.'),
      );
    }
    const { BuiltInClient } = await import('../../models/builtin/client');
    return {
      client: new BuiltInClient({ ...found, processEntry: this.options.processEntry }),
      parameters: { temperature: TEMPERATURE },
    };
  }

  /** Says what would be fetched and fetches it where the user agrees. True where the model is there afterwards. */
  async offerDownload(): Promise<boolean> {
    if (await this.isInstalled()) return true;
    const download = vscode.l10n.t('Download ({0})', this.size);
    const message = vscode.l10n.t('Download the built-in model {0}?', this.label);
    const detail = vscode.l10n.t(
      'A tiny model to try the tool with, not a subject worth conclusions. {0}, once, into a cache shared by all windows. It then works without a key and without a network.',
      this.size,
    );
    if ((await showInformation(message, { modal: true, detail }, download)) !== download) return false;
    // Two windows' worth of clicks are one download.
    this.download ??= this.fetch().finally(() => {
      this.download = undefined;
    });
    return this.download;
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private get options() {
    return {
      processEntry: vscode.Uri.joinPath(this.extensionUri, 'dist', 'builtin.mjs').fsPath,
      modelPath: this.settings.builtInModelPath(),
    };
  }

  private async find(): Promise<InstalledModel | undefined> {
    const { findBuiltIn } = await import('../../models/builtin/install');
    return findBuiltIn(this.options);
  }

  private lookAgain(): void {
    this.installed = undefined;
    this.changed.fire();
  }

  private async fetch(): Promise<boolean> {
    const abort = new AbortController();
    try {
      await vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          title: vscode.l10n.t('Fetching the built-in model'),
          cancellable: true,
        },
        async (reporter, token) => {
          token.onCancellationRequested(() => abort.abort());
          let shown = 0;
          const onProgress = (progress: InstallProgress) => {
            const percent = progress.step === 'weights' ? (progress.bytes / progress.total) * 100 : 0;
            reporter.report({ message: describe(progress), increment: Math.max(0, percent - shown) });
            shown = Math.max(shown, percent);
          };
          const { installBuiltIn } = await import('../../models/builtin/install');
          await installBuiltIn({ ...this.options, onProgress, signal: abort.signal });
        },
      );
      return true;
    } catch (error) {
      if (!abort.signal.aborted) {
        this.log.error(vscode.l10n.t('The built-in model could not be fetched.'), error);
        void showError(error instanceof Error ? error.message : String(error));
      }
      return false;
    } finally {
      this.lookAgain();
    }
  }
}

function describe(progress: InstallProgress): string {
  if (progress.step === 'runtime') return vscode.l10n.t('the runtime, about 85 MB…');
  const inMB = (bytes: number) => Math.round(bytes / 1e6);
  return vscode.l10n.t('the weights: {0} of {1} MB', inMB(progress.bytes), inMB(progress.total));
}
