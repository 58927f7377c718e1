/** The settings, checked: what cannot be used is named in the log and left out. */
import * as vscode from 'vscode';
import * as z from 'zod';
import { type Endpoint, endpointSchema } from '../models/endpoints';
import type { Log } from './log';

const SECTION = 'valueActionLens';

const runSchema = z.object({
  concurrency: z.number().int().min(1).max(100).catch(8),
  variants: z.enum(['all', 'quick']).catch('all'),
  /** How often each prompt is asked. */
  repeats: z.number().int().min(1).max(100).catch(1),
  /** How often an answer that cannot be read is asked for again. */
  reasks: z.number().int().min(0).max(10).catch(1),
  /** Seconds for one attempt at one request. */
  timeout: z.number().min(1).max(3600).catch(120),
  /** Whether saving a scenario file runs what has changed in it. */
  onSave: z.boolean().catch(false),
  /** More than this, and the user is asked first; a limit that is left out never asks. */
  askAbove: z
    .object({ requests: z.number().min(0).optional(), cost: z.number().min(0).optional() })
    .catch({ requests: 2000, cost: 5 }),
});
const cacheSizeSchema = z.number().min(0).catch(500);
export type RunSettings = z.infer<typeof runSchema>;

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

  endpoints(): readonly Endpoint[] {
    const names = new Set<string>();
    return this.storedEndpoints().flatMap((entry, index) => {
      const checked = endpointSchema.safeParse(entry);
      const where = `${SECTION}.endpoints[${index}]`;
      if (!checked.success) {
        this.reportOnce(`${where}: ${z.prettifyError(checked.error)}`);
        return [];
      }
      if (names.has(checked.data.name)) {
        this.reportOnce(vscode.l10n.t('{0}: the name "{1}" is taken. Give it another.', where, checked.data.name));
        return [];
      }
      names.add(checked.data.name);
      return [checked.data];
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
    return cacheSizeSchema.parse(megabytes) * 1_000_000;
  }

  run(file: vscode.Uri): RunSettings {
    const config = vscode.workspace.getConfiguration(SECTION, file);
    const names = Object.keys(runSchema.shape);
    return runSchema.parse(Object.fromEntries(names.map((name) => [name, config.get(`run.${name}`)])));
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
