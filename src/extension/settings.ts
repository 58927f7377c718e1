/** The settings, checked: what cannot be used is named in the log and left out. */
import * as vscode from 'vscode';
import type { Endpoint } from '../models/endpoints';
import type { Log } from './log';
import type { RunSettings } from './settingsSchema';

const SECTION = 'valueActionLens';
const DEFAULT_CACHE_MB = 500;

/** What is written back: the user's own entries, including those this version cannot read. */
type StoredEndpoint = { name?: unknown } & Record<string, unknown>;

export class Settings implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** Endpoints or the built-in model's path have changed. */
  readonly onDidChangeModels = this.changed.event;
  private readonly subscription: vscode.Disposable;
  private readonly reported = new Set<string>();

  constructor(private readonly log: Log) {
    this.subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${SECTION}.endpoints`) || event.affectsConfiguration(`${SECTION}.builtIn`)) {
        this.changed.fire();
      }
    });
  }

  async endpoints(): Promise<readonly Endpoint[]> {
    const stored = this.storedEndpoints();
    if (stored.length === 0) return [];
    const { checkEndpoint } = await import('../models/endpoints');
    const names = new Set<string>();
    return stored.flatMap((entry, index) => {
      const where = `${SECTION}.endpoints[${index}]`;
      const { endpoint, problem } = checkEndpoint(entry);
      if (!endpoint) {
        this.reportOnce(`${where}: ${problem}`);
        return [];
      }
      if (names.has(endpoint.name)) {
        this.reportOnce(vscode.l10n.t('{0}: the name "{1}" is taken. Give it another.', where, endpoint.name));
        return [];
      }
      names.add(endpoint.name);
      return [endpoint];
    });
  }

  /** Adds the endpoint, or replaces the one of the same name. Written to the user's settings, never a workspace's. */
  async saveEndpoint(endpoint: { name: string; baseUrl: string; models: readonly unknown[] }): Promise<void> {
    const stored = this.storedEndpoints();
    const at = stored.findIndex(({ name }) => name === endpoint.name);
    // What else was set for it stays, such as its limits.
    const next = at < 0 ? [...stored, endpoint] : stored.with(at, { ...stored[at], ...endpoint });
    await this.write(next);
  }

  async removeEndpoint(name: string): Promise<void> {
    await this.write(this.storedEndpoints().filter((entry) => entry.name !== name));
  }

  builtInModelPath(): string | undefined {
    const path = vscode.workspace.getConfiguration(SECTION).get<unknown>('builtIn.modelPath');
    return typeof path === 'string' && path.trim() !== '' ? path.trim() : undefined;
  }

  /** Of the answers that are kept for later runs, in bytes; 0: none are kept. */
  cacheBytes(): number {
    const megabytes = vscode.workspace.getConfiguration(SECTION).get<unknown>('cache.maxSize');
    const isSize = typeof megabytes === 'number' && megabytes >= 0;
    return (isSize ? megabytes : DEFAULT_CACHE_MB) * 1_000_000;
  }

  /** Whether saving the file runs what has changed in it. */
  runsOnSave(file: vscode.Uri): boolean {
    return vscode.workspace.getConfiguration(SECTION, file).get<unknown>('run.onSave') === true;
  }

  async run(file: vscode.Uri): Promise<RunSettings> {
    const { runSettingsSchema } = await import('./settingsSchema');
    const config = vscode.workspace.getConfiguration(SECTION, file);
    const names = Object.keys(runSettingsSchema.shape);
    return runSettingsSchema.parse(Object.fromEntries(names.map((name) => [name, config.get(`run.${name}`)])));
  }

  dispose(): void {
    this.changed.dispose();
    this.subscription.dispose();
  }

  private storedEndpoints(): readonly StoredEndpoint[] {
    const stored = vscode.workspace.getConfiguration(SECTION).inspect<unknown>('endpoints')?.globalValue;
    if (!Array.isArray(stored)) return [];
    return stored.filter((entry): entry is StoredEndpoint => typeof entry === 'object' && entry !== null);
  }

  private async write(endpoints: readonly unknown[]): Promise<void> {
    await vscode.workspace.getConfiguration(SECTION).update('endpoints', endpoints, vscode.ConfigurationTarget.Global);
  }

  private reportOnce(problem: string): void {
    if (this.reported.has(problem)) return;
    this.reported.add(problem);
    this.log.warn(problem);
  }
}
