import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RunsInSight, type Sight } from '../../src/extension/runs/runsInSight';

const window = vi.hoisted(() => ({
  state: { focused: true },
  visibleTextEditors: [] as { document: { languageId: string } }[],
  listeners: new Map<string, () => void>(),
}));

vi.mock('vscode', () => {
  const on = (name: string) => (listener: () => void) => {
    window.listeners.set(name, listener);
    return { dispose: () => window.listeners.delete(name) };
  };
  return {
    window: Object.assign(window, {
      onDidChangeWindowState: on('focus'),
      onDidChangeActiveTextEditor: on('editor'),
      onDidChangeVisibleTextEditors: on('editors'),
    }),
    workspace: {},
  };
});

const PACE_MS = 3_000;

describe('RunsInSight', () => {
  let looks: number;
  /** How long a look takes. */
  let tookMs: number;
  let show: () => void;
  const view: { visible: boolean } & Sight = {
    visible: false,
    onDidChangeVisibility: (listener) => {
      show = () => listener(undefined);
      return { dispose: () => {} };
    },
  };
  const store = {
    refresh: () => {
      looks++;
      return new Promise<void>((resolve) => setTimeout(resolve, tookMs));
    },
  };
  let sight: RunsInSight;

  beforeEach(() => {
    vi.useFakeTimers();
    Object.assign(window, { state: { focused: true }, visibleTextEditors: [] });
    view.visible = false;
    [looks, tookMs] = [0, 1];
    sight = new RunsInSight(store, [view]);
  });
  afterEach(() => {
    sight.dispose();
    vi.useRealTimers();
  });

  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  it('looks at nothing while nothing shows runs', async () => {
    await pass(10 * PACE_MS);
    expect(looks).toBe(0);
  });

  it('looks at once when a view appears, then slowly, and stops when it goes', async () => {
    view.visible = true;
    show();
    expect(looks).toBe(1);
    await pass(2 * PACE_MS + 100);
    expect(looks).toBe(3);
    view.visible = false;
    show();
    await pass(10 * PACE_MS);
    expect(looks).toBe(3);
  });

  it('looks while a scenario file is on screen, and at no other file', async () => {
    window.visibleTextEditors = [{ document: { languageId: 'markdown' } }];
    window.listeners.get('editors')?.();
    expect(looks).toBe(0);
    window.visibleTextEditors.push({ document: { languageId: 'value-action-scenario' } });
    window.listeners.get('editors')?.();
    expect(looks).toBe(1);
    window.listeners.get('editor')?.();
    expect(looks).toBe(2);
  });

  it('rests while the window is not in front, and looks at once when it is again', async () => {
    view.visible = true;
    show();
    window.state = { focused: false };
    window.listeners.get('focus')?.();
    await pass(10 * PACE_MS);
    expect(looks).toBe(1);
    window.state = { focused: true };
    window.listeners.get('focus')?.();
    expect(looks).toBe(2);
  });

  it('keeps one pace however often attention comes', async () => {
    view.visible = true;
    for (let time = 0; time < 5; time++) show();
    await pass(PACE_MS - 100);
    expect(looks).toBe(5);
    await pass(PACE_MS);
    expect(looks).toBe(6);
  });

  it('spaces looks out where they take long', async () => {
    view.visible = true;
    tookMs = 1_000;
    show();
    await pass(50_000);
    expect(looks).toBe(1);
    await pass(2_000);
    expect(looks).toBe(2);
  });

  it('ends when it is disposed, also in the middle of a look', async () => {
    view.visible = true;
    show();
    sight.dispose();
    await pass(10 * PACE_MS);
    expect(looks).toBe(1);
  });
});
