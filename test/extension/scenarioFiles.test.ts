/** The scenario files of the workspace, with a watcher that works and with one that does not. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { ScenarioFiles } from '../../src/extension/scenarios/scenarioFiles';
import { writeWholeStudy } from '../bench/language/texts';

type Listener = (event: never) => void;

const host = vi.hoisted(() => ({
  disk: new Map<string, { text: string; mtime: number }>(),
  documents: [] as unknown[],
  listeners: new Map<string, Set<Listener>>(),
  isWatching: true,
  reads: 0,
}));

function tell(name: string, event: unknown): void {
  for (const listener of host.listeners.get(name) ?? []) listener(event as never);
}

vi.mock('vscode', () => {
  class Uri {
    constructor(readonly path: string) {}
    static parse = (text: string) => new Uri(text.slice('file://'.length));
    get fsPath() {
      return this.path;
    }
    toString() {
      return `file://${this.path}`;
    }
  }
  class EventEmitter {
    private readonly own = new Set<Listener>();
    event = (listener: Listener) => {
      this.own.add(listener);
      return { dispose: () => this.own.delete(listener) };
    };
    fire(event: unknown) {
      for (const listener of this.own) listener(event as never);
    }
    dispose() {
      this.own.clear();
    }
  }
  const on = (name: string) => (listener: Listener) => {
    const set = host.listeners.get(name) ?? new Set();
    host.listeners.set(name, set.add(listener));
    return { dispose: () => set.delete(listener) };
  };
  const find = ({ path }: { path: string }) => {
    const found = host.disk.get(path);
    if (!found) throw new Error('not there');
    return found;
  };
  return {
    Uri,
    EventEmitter,
    languages: {},
    workspace: {
      get textDocuments() {
        return host.documents;
      },
      createFileSystemWatcher: () => ({
        onDidCreate: on('created'),
        onDidDelete: on('deleted'),
        onDidChange: on('changed'),
        dispose: () => {},
      }),
      onDidChangeWorkspaceFolders: on('folders'),
      onDidChangeTextDocument: on('edited'),
      onDidOpenTextDocument: on('opened'),
      onDidCloseTextDocument: on('closed'),
      findFiles: async () => [...host.disk.keys()].map((path) => new Uri(path)),
      fs: {
        stat: async (uri: Uri) => ({ mtime: find(uri).mtime, size: find(uri).text.length }),
        readFile: async (uri: Uri) => {
          host.reads++;
          return new TextEncoder().encode(find(uri).text);
        },
      },
    },
  };
});

const write = (country: string) => `country: ${country}\ntopic: Religion\nitems:\n  - value: Wealth\n`;
const FILE = '/w/a.scenario.yaml';
const { Uri } = (await import('vscode')) as unknown as { Uri: new (path: string) => vscode.Uri };
const uri = new Uri(FILE);
let clock = 1;

function save(path: string, text: string): void {
  const isNew = !host.disk.has(path);
  host.disk.set(path, { text, mtime: clock++ });
  if (host.isWatching) tell(isNew ? 'created' : 'changed', new Uri(path));
}

class FakeDocument {
  readonly languageId = 'value-action-scenario';
  version = 1;
  isClosed = false;
  constructor(
    readonly uri: vscode.Uri,
    private text: string,
  ) {
    host.documents.push(this);
    tell('opened', this);
  }
  getText() {
    return this.text;
  }
  type(text: string) {
    this.text = text;
    this.version++;
    tell('edited', { document: this });
  }
  close() {
    this.isClosed = true;
    host.documents.splice(host.documents.indexOf(this), 1);
    tell('closed', this);
  }
}
const open = (text: string) => new FakeDocument(uri, text) as unknown as FakeDocument & vscode.TextDocument;

let files: ScenarioFiles;
let texts: string[];
let lists: number;

beforeEach(() => {
  files?.dispose();
  host.disk.clear();
  host.documents.length = 0;
  host.listeners.clear();
  host.isWatching = true;
  texts = [];
  lists = 0;
  const memento = { get: () => [], update: async () => {} } as unknown as vscode.Memento;
  files = new ScenarioFiles(memento, { warn: () => {} } as never);
  files.onDidChangeText((changed) => texts.push(changed.path));
  files.onDidChangeList(() => lists++);
});

const nameNow = () => files.peek(uri)?.scenarios[0]?.country;

describe('a file that no editor shows', () => {
  it('is read anew when the watcher tells of it, even with the time and size of before', async () => {
    save(FILE, write('Canada'));
    await files.parse(uri);
    expect(nameNow()).toBe('Canada');
    save(FILE, write('France'));
    await vi.waitFor(() => expect(nameNow()).toBe('France'));
    expect(texts).toEqual([FILE]);
    host.disk.set(FILE, { text: write('Brazil'), mtime: clock - 1 });
    tell('changed', uri);
    await vi.waitFor(() => expect(nameNow()).toBe('Brazil'));
  });

  it('does not stay stale where the watcher tells nothing', async () => {
    host.isWatching = false;
    save(FILE, write('Canada'));
    expect(await files.list()).toHaveLength(1);
    await files.parse(uri);
    save(FILE, write('France'));
    save('/w/b.scenario.yaml', write('Egypt'));
    await files.refresh();
    expect(nameNow()).toBe('France');
    expect(texts).toEqual([FILE]);
    expect(lists).toBe(1);
    expect(await files.list()).toHaveLength(2);

    host.disk.delete(FILE);
    await files.refresh();
    expect(nameNow()).toBeUndefined();
    expect(lists).toBe(2);
    expect(texts).toEqual([FILE, FILE]);
  });

  it('is not read again where nothing changed', async () => {
    save(FILE, write('Canada'));
    await files.parse(uri);
    const before = host.reads;
    await files.refresh();
    await files.refresh();
    expect(host.reads).toBe(before);
    expect([texts, lists]).toEqual([[], 1]);
  });
});

describe('a file in an editor', () => {
  it('says what the editor says, and what the disk says once it is closed', async () => {
    save(FILE, write('Canada'));
    const document = open(write('Canada'));
    await vi.waitFor(() => expect(nameNow()).toBe('Canada'));
    document.type(write('France'));
    expect(nameNow()).toBe('France');
    document.close();
    await vi.waitFor(() => expect(nameNow()).toBe('Canada'));
    expect(texts).toContain(FILE);
  });

  it('is read in the background where it is long, and from then on by what changes', async () => {
    const text = writeWholeStudy().text.split('---\n').slice(0, 12).join('---\n');
    const document = open(text);
    expect(files.look(document)).toBeUndefined();
    let ticks = 0;
    const ticking = setInterval(() => ticks++, 1);
    await vi.waitFor(() => expect(texts).toEqual([FILE]), { timeout: 30_000, interval: 5 });
    clearInterval(ticking);
    // Others had their turn meanwhile.
    expect(ticks).toBeGreaterThan(5);
    const before = files.look(document)!;
    expect(before.scenarios).toHaveLength(12);

    const at = text.indexOf('I follow what', text.length / 2) + 2;
    document.type(`${text.slice(0, at)}x${text.slice(at)}`);
    const after = files.look(document)!;
    const changed = after.scenarios.filter((scenario, index) => {
      const { items } = before.scenarios[index]!;
      return scenario.items.some(({ agree }, item) => agree?.action !== items[item]?.agree?.action);
    });
    expect(changed).toHaveLength(1);
    // What did not move is the same object, so that what hangs on it is still known.
    expect(after.scenarios[0]).toBe(before.scenarios[0]);
  });
});
