/**
 * The scenario files people work with: those of the workspace, and those loaded from elsewhere. Each is parsed when
 * somebody looks at it; the unsaved text of an open editor wins over the disk.
 */
import path from 'node:path';
import * as vscode from 'vscode';
import type { Scenario } from '../../core/scenario/model';
import type { Log } from '../log';
import { relativeInside } from './insidePath';
import { type ReadText, ReadTexts } from './readTexts';

export const LANGUAGE_ID = 'value-action-scenario';
export const SCENARIO_GLOB = '**/*.scenario.{yaml,yml,json}';
const EXCLUDED = '**/{node_modules,.value-action-lens}/**';
const LOADED = 'loadedScenarioFiles';
/** Long enough for a burst of typing, short enough to feel immediate. */
const EDIT_PAUSE_MS = 200;

export class ScenarioFiles implements vscode.Disposable {
  private readonly listChanged = new vscode.EventEmitter<void>();
  /** A file came or went. */
  readonly onDidChangeList = this.listChanged.event;
  private readonly textChanged = new vscode.EventEmitter<vscode.Uri>();
  /** What a file says has changed, on disk or in an editor. */
  readonly onDidChangeText = this.textChanged.event;

  private readonly texts = new ReadTexts();
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
        if (!openDocument(uri)) this.texts.forget(uri.toString());
        this.relist();
      }),
      watcher.onDidChange((uri) => {
        // The time and size on disk may be those of before: some tools set them.
        this.texts.outdate(uri.toString());
        void this.check(uri);
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.relist()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (isScenario(document)) this.announceEdit(document.uri);
      }),
      vscode.workspace.onDidOpenTextDocument((document) => {
        void this.adopt(document);
        if (isScenario(document)) void this.prepare(document);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri, languageId }) => {
        this.texts.rest(uri.toString());
        // What was not saved is gone.
        if (languageId === LANGUAGE_ID) void this.check(uri);
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
  async parse(uri: vscode.Uri): Promise<ReadText | undefined> {
    const document = openDocument(uri);
    if (document) {
      while (!document.isClosed && !(await this.prepare(document))) {
        // It changed meanwhile; what was read of it is not read again.
      }
      return this.parseDocument(document);
    }
    const key = uri.toString();
    try {
      const version = await stampOf(uri);
      if (this.texts.versionOf(key) === version) return this.texts.last(key);
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
      if (!this.texts.isQuick(key, text)) await this.texts.readInSlices(key, version, text, () => !openDocument(uri));
      const opened = openDocument(uri);
      if (opened) return this.parseDocument(opened);
      const read = this.texts.find(key, version, () => text) ?? this.texts.read(key, version, text);
      this.texts.rest(key);
      return read;
    } catch (error) {
      this.log.warn(`${uri.fsPath} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  /**
   * For what follows every change by itself. Undefined while a long file is read for the first time; `onDidChangeText`
   * tells when it is.
   */
  look(document: vscode.TextDocument): ReadText | undefined {
    const key = document.uri.toString();
    const known = this.texts.find(key, `open ${document.version}`, () => document.getText());
    if (known) return known;
    if (this.texts.isQuick(key, document.getText())) return this.parseDocument(document);
    void this.prepare(document);
    return undefined;
  }

  /** What was parsed last; undefined where nobody looked at the file yet. */
  peek(uri: vscode.Uri): ReadText | undefined {
    const document = openDocument(uri);
    return document ? this.look(document) : this.texts.last(uri.toString());
  }

  /** Looks at the disk anew: a watcher may lag, or miss what changed, and tells nothing of files from elsewhere. */
  async refresh(): Promise<void> {
    const before = await this.list();
    const found = await this.find();
    if (before.map(String).join('\n') !== found.map(String).join('\n')) {
      this.listing = Promise.resolve(found);
      this.listChanged.fire();
    }
    for (const key of this.texts.keys()) await this.check(vscode.Uri.parse(key));
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

  /** Reads a closed file again where the disk has another text than was read; an open one follows its editor. */
  private async check(uri: vscode.Uri): Promise<void> {
    const key = uri.toString();
    if (openDocument(uri)) return;
    const before = this.texts.last(key);
    const version = await stampOf(uri).catch(() => undefined);
    if (version === undefined) this.texts.forget(key);
    else if (before && version === this.texts.versionOf(key)) return;
    const after = version === undefined || !before ? undefined : await this.parse(uri);
    if (!after || after !== before) this.textChanged.fire(uri);
  }

  /** At once: of a text that `prepare` has read, or one that takes no time. */
  private parseDocument(document: vscode.TextDocument): ReadText {
    const key = document.uri.toString();
    const version = `open ${document.version}`;
    const text = () => document.getText();
    return this.texts.find(key, version, text) ?? this.texts.read(key, version, text());
  }

  /** Reads a long text in the background, so that each change of it is quick. False where it changed meanwhile. */
  private async prepare(document: vscode.TextDocument): Promise<boolean> {
    const key = document.uri.toString();
    const text = document.getText();
    if (this.texts.isQuick(key, text)) return true;
    const { version } = document;
    const name = `open ${version}`;
    const isFirst = !this.texts.isReading(key, name);
    const isCurrent = () => !document.isClosed && document.version === version;
    const isDone = await this.texts.readInSlices(key, name, text, isCurrent);
    if (isDone && isFirst) this.textChanged.fire(document.uri);
    return isDone;
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

/** Of a file on disk: another where it was written since. @throws where it cannot be looked at */
async function stampOf(uri: vscode.Uri): Promise<string> {
  const { mtime, size } = await vscode.workspace.fs.stat(uri);
  return `disk ${mtime} ${size}`;
}
