/** The store's view of the disk where the file watcher never says a word. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunHeader } from '../../src/core/runs/record';
import { formatRunLine } from '../../src/core/runs/runFile';
import { RunStore } from '../../src/extension/runs/runStore';
import { makeHeader, makeItem, makeScenario, stated } from './results';

const listeners = vi.hoisted(() => new Set<(uri: { fsPath: string }) => void>());

vi.mock('vscode', () => {
  class EventEmitter {
    private readonly heard = new Set<() => void>();
    event = (listener: () => void) => {
      this.heard.add(listener);
      return { dispose: () => this.heard.delete(listener) };
    };
    fire() {
      for (const listener of this.heard) listener();
    }
    dispose() {}
  }
  const on = (listener: (uri: { fsPath: string }) => void) => {
    listeners.add(listener);
    return { dispose: () => listeners.delete(listener) };
  };
  return {
    EventEmitter,
    RelativePattern: class {},
    Uri: { file: (fsPath: string) => ({ fsPath }) },
    Disposable: { from: (...parts: { dispose(): void }[]) => ({ dispose: () => parts.map((part) => part.dispose()) }) },
    workspace: {
      createFileSystemWatcher: () => ({ onDidCreate: on, onDidChange: on, onDidDelete: on, dispose: () => {} }),
    },
    l10n: { t: (text: string, ...parts: unknown[]) => text.replace(/\{(\d)\}/g, (_, at) => String(parts[at])) },
  };
});

const scenario = makeScenario([makeItem('Wealth'), makeItem('Freedom')]);
const header: RunHeader = makeHeader(scenario);
const text = formatRunLine(header);
const answer = formatRunLine(stated({ Wealth: 1, Freedom: 2 }));

describe('RunStore, without a word from the watcher', () => {
  let root: string;
  let folder: string;
  let store: RunStore;
  let warned: string[];
  let changes: number;

  const at = (name: string) => join(folder, `${name}.jsonl`);
  const names = () => store.list().map(({ path }) => path.slice(folder.length + 1, -'.jsonl'.length));

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'value-action-lens-'));
    folder = join(root, '.value-action-lens', 'runs');
    mkdirSync(folder, { recursive: true });
    warned = [];
    changes = 0;
    store = new RunStore({ warn: (message: string) => warned.push(message) } as never);
    store.onDidChange(() => changes++);
    await store.watch(root);
  });
  afterEach(() => {
    store.dispose();
    rmSync(root, { recursive: true, force: true });
  });

  it('finds a run that came and misses one that went', async () => {
    writeFileSync(at('one'), text);
    await store.refresh();
    expect([names(), changes]).toEqual([['one'], 1]);
    rmSync(at('one'));
    writeFileSync(at('two'), text);
    await store.refresh();
    expect([names(), changes]).toEqual([['two'], 2]);
  });

  it('says nothing where nothing has changed', async () => {
    writeFileSync(at('one'), text);
    writeFileSync(at('broken'), 'no run\n');
    await store.refresh();
    await store.refresh();
    expect([changes, store.listBroken().length, warned.length]).toEqual([1, 1, 1]);
  });

  it('reads again what was appended to, and shows what it knew until then', async () => {
    writeFileSync(at('one'), text);
    await store.refresh();
    const [run] = store.list();
    await store.read(run!);
    expect(run?.summary?.answered).toBe(0);
    writeFileSync(at('one'), answer, { flag: 'a' });
    await store.refresh();
    expect([run?.isRead, run?.hasBeenRead]).toEqual([false, true]);
    await store.read(run!);
    expect(run?.summary?.answered).toBe(1);
  });

  it('reads once more what was written to while it was being read', async () => {
    writeFileSync(at('one'), text);
    await store.refresh();
    const [run] = store.list();
    const reading = store.read(run!);
    run?.invalidate();
    await reading;
    expect([run?.isRead, run?.hasBeenRead]).toEqual([true, true]);
    const again = store.read(run!);
    await Promise.resolve();
    run?.invalidate();
    await again;
    await store.read(run!);
    expect(run?.isRead).toBe(true);
  });

  it('misses a run of this window that was deleted before anybody had seen it on the disk', async () => {
    writeFileSync(at('own'), text);
    store.end(store.begin(at('own'), root, header));
    rmSync(at('own'));
    await store.refresh();
    expect(names()).toEqual([]);
  });

  it('leaves a run alone while this window makes it, file or no file', async () => {
    const run = store.begin(at('live'), root, header);
    await store.refresh();
    writeFileSync(at('live'), text + answer);
    changes = 0;
    await store.refresh();
    expect([names(), run.isRead, changes]).toEqual([['live'], true, 0]);
  });

  it('does not take for gone what begins and ends during a look', async () => {
    const looking = store.refresh();
    // The listing is under way: it was asked for in a microtask before this one.
    await Promise.resolve();
    await Promise.resolve();
    store.end(store.begin(at('quick'), root, header));
    await looking;
    expect(names()).toEqual(['quick']);
  });

  it('forgets what was broken when it goes, and takes in what was mended', async () => {
    for (const name of ['gone', 'mended']) writeFileSync(at(name), 'no run\n');
    await store.refresh();
    expect(store.listBroken()).toHaveLength(2);
    rmSync(at('gone'));
    writeFileSync(at('mended'), text);
    await store.refresh();
    expect([names(), store.listBroken()]).toEqual([['mended'], []]);
  });

  it('survives its folder being deleted and made again', async () => {
    writeFileSync(at('one'), text);
    await store.refresh();
    rmSync(join(root, '.value-action-lens'), { recursive: true });
    await store.refresh();
    expect(names()).toEqual([]);
    mkdirSync(folder, { recursive: true });
    writeFileSync(at('two'), text);
    await store.refresh();
    expect(names()).toEqual(['two']);
  });

  it('keeps its runs while the folder cannot be listed', async () => {
    writeFileSync(at('one'), text);
    await store.refresh();
    rmSync(folder, { recursive: true });
    // Listing a file fails with another error than that it is not there.
    writeFileSync(folder, '');
    await store.refresh();
    expect(names()).toEqual(['one']);
  });

  it('finds the runs of a root again that was left and is watched anew', async () => {
    writeFileSync(at('one'), text);
    writeFileSync(at('broken'), 'no run\n');
    await store.refresh();
    store.unwatch(root);
    expect([names(), store.listBroken()]).toEqual([[], []]);
    await store.watch(root);
    expect([names(), store.listBroken().length]).toEqual([['one'], 1]);
  });

  it('serves callers that come during a look with one more look, which begins after they came', async () => {
    const first = store.refresh();
    await Promise.resolve();
    await Promise.resolve();
    writeFileSync(at('late'), text);
    const [second, third] = [store.refresh(), store.refresh()];
    expect(second).toBe(third);
    expect(second).not.toBe(first);
    await second;
    expect(names()).toEqual(['late']);
  });

  it('looks when the watcher does speak, unless about a run of this window', async () => {
    const say = (file: string) => {
      for (const listener of listeners) listener({ fsPath: file });
    };
    const refresh = vi.spyOn(store, 'refresh');
    store.begin(at('live'), root, header);
    say(at('live'));
    writeFileSync(at('other'), text);
    expect(refresh).not.toHaveBeenCalled();
    say(at('other'));
    await vi.waitFor(() => expect(names().sort()).toEqual(['live', 'other']));
  });
});
