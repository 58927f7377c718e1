/**
 * The scenario files people work with: those of the workspace, and those loaded from elsewhere. Each is parsed when
 * somebody looks at it; the unsaved text of an open editor wins over the disk.
 */
import path from 'node:path';
import * as vscode from 'vscode';
import type { Scenario, ScenarioFile } from '../../core/scenario/model';
import { parseScenarioFile } from '../../core/scenario/parse';
import type { Log } from '../log';
import { relativeInside } from './insidePath';

export const LANGUAGE_ID = 'value-action-scenario';
export const SCENARIO_GLOB = '**/*.scenario.{yaml,yml,json}';
const EXCLUDED = '**/{node_modules,.value-action-lens}/**';
const LOADED = 'loadedScenarioFiles';
/** Long enough for a burst of typing, short enough to feel immediate. */
const EDIT_PAUSE_MS = 200;

export interface ParsedFile extends ScenarioFile {
  readonly uri: vscode.Uri;
  readonly text: string;
}

interface CachedParse {
  readonly version: string;
  readonly parsed: ParsedFile;
}

export class ScenarioFiles implements vscode.Disposable {
  private readonly listChanged = new vscode.EventEmitter<void>();
  /** A file came or went. */
  readonly onDidChangeList = this.listChanged.event;
  private readonly textChanged = new vscode.EventEmitter<vscode.Uri>();
  /** What a file says has changed, on disk or in an editor. */
  readonly onDidChangeText = this.textChanged.event;

  private readonly parses = new Map<string, CachedParse>();
  private readonly pauses = new Map<string, NodeJS.Timeout>();
  private readonly subscriptions: vscode.Disposable[];
  private listing: Promise<readonly vscode.Uri[]> | undefined;

  constructor(
    private readonly memento: vscode.Memento,
    private readonly log: Log,
  ) {
    const watcher = vscode.workspace.createFileSystemWatcher(SCENARIO_GLOB);
    this.subscriptions = [
      this.listChanged,
      this.textChanged,
      watcher,
      watcher.onDidCreate(() => this.relist()),
      watcher.onDidDelete((uri) => {
        this.parses.delete(uri.toString());
        this.relist();
      }),
      watcher.onDidChange((uri) => {
        if (!openDocument(uri)) this.textChanged.fire(uri);
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.relist()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (isScenario(document)) this.announceEdit(document.uri);
      }),
      vscode.workspace.onDidOpenTextDocument((document) => void this.adopt(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri, languageId }) => {
        if (languageId === LANGUAGE_ID) this.textChanged.fire(uri);
      }),
    ];
  }

  /** All known files, sorted by path. */
  list(): Promise<readonly vscode.Uri[]> {
    this.listing ??= this.find();
    return this.listing;
  }

  /** Adds files from anywhere on the disk. */
  async load(uris: readonly vscode.Uri[]): Promise<void> {
    const known = new Set((await this.list()).map(String));
    const added = uris.map(String).filter((uri) => !known.has(uri));
    await this.memento.update(LOADED, [...this.loaded(), ...added]);
    this.relist();
  }

  /** Takes a file that was loaded from elsewhere off the list; the file itself stays. */
  async forget(uri: vscode.Uri): Promise<void> {
    await this.memento.update(
      LOADED,
      this.loaded().filter((loaded) => loaded !== uri.toString()),
    );
    this.relist();
  }

  isLoaded(uri: vscode.Uri): boolean {
    return this.loaded().includes(uri.toString());
  }

  /** The text on screen, or on disk where no editor shows the file. Undefined where it cannot be read. */
  async parse(uri: vscode.Uri): Promise<ParsedFile | undefined> {
    const document = openDocument(uri);
    if (document) return this.parseDocument(document);
    try {
      const { mtime, size } = await vscode.workspace.fs.stat(uri);
      const version = `disk ${mtime} ${size}`;
      const cached = this.parses.get(uri.toString());
      if (cached?.version === version) return cached.parsed;
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
      return this.keep(uri, version, text);
    } catch (error) {
      this.log.warn(`${uri.fsPath} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  parseDocument(document: vscode.TextDocument): ParsedFile {
    const version = `open ${document.version}`;
    const cached = this.parses.get(document.uri.toString());
    return cached?.version === version ? cached.parsed : this.keep(document.uri, version, document.getText());
  }

  /** What was parsed last; undefined where nobody looked at the file yet. */
  peek(uri: vscode.Uri): ParsedFile | undefined {
    const document = openDocument(uri);
    return document ? this.parseDocument(document) : this.parses.get(uri.toString())?.parsed;
  }

  findScenario(uri: vscode.Uri, name: string): Scenario | undefined {
    return this.peek(uri)?.scenarios.find((scenario) => scenario.name === name);
  }

  /** The folder that runs about the file belong to: its workspace folder, or its own where it has none. */
  rootOf(uri: vscode.Uri): string {
    return vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? path.dirname(uri.fsPath);
  }

  /** The file's name in runs and reports: its path from that folder, with `/`. */
  nameOf(uri: vscode.Uri): string {
    return relativeInside(this.rootOf(uri), uri.fsPath) ?? path.basename(uri.fsPath);
  }

  dispose(): void {
    for (const pause of this.pauses.values()) clearTimeout(pause);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private keep(uri: vscode.Uri, version: string, text: string): ParsedFile {
    const parsed = { ...parseScenarioFile(text), uri, text };
    this.parses.set(uri.toString(), { version, parsed });
    return parsed;
  }

  private async find(): Promise<readonly vscode.Uri[]> {
    const found = await vscode.workspace.findFiles(SCENARIO_GLOB, EXCLUDED);
    const known = new Map(found.map((uri) => [uri.toString(), uri]));
    for (const text of this.loaded()) {
      const uri = vscode.Uri.parse(text);
      if (!known.has(text) && (await exists(uri))) known.set(text, uri);
    }
    return [...known.values()].sort((a, b) => a.path.localeCompare(b.path));
  }

  private relist(): void {
    this.listing = undefined;
    this.listChanged.fire();
  }

  private loaded(): readonly string[] {
    const stored = this.memento.get<unknown>(LOADED);
    return Array.isArray(stored) ? stored.filter((uri): uri is string => typeof uri === 'string') : [];
  }

  /** A loaded file need not have the suffix; it gets the language all the same. */
  private async adopt(document: vscode.TextDocument): Promise<void> {
    if (!isScenario(document) && this.isLoaded(document.uri)) {
      await vscode.languages.setTextDocumentLanguage(document, LANGUAGE_ID);
    }
  }

  private announceEdit(uri: vscode.Uri): void {
    const key = uri.toString();
    clearTimeout(this.pauses.get(key));
    this.pauses.set(
      key,
      setTimeout(() => {
        this.pauses.delete(key);
        this.textChanged.fire(uri);
      }, EDIT_PAUSE_MS),
    );
  }
}

export function isScenario(document: vscode.TextDocument): boolean {
  return document.languageId === LANGUAGE_ID;
}

/** Only the editor's own copy of a file counts, not one side of a diff with history. */
export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === key);
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
