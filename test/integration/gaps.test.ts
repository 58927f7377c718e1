/** From gap to gap in the editor, the inspector's tab, and the rows of the Gaps view. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Observation, RunHeader } from '../../src/core/runs/record';
import { createRunFile } from '../../src/engine/journal';
import { NO_FILTER } from '../../src/extension/gaps/gapFilter';
import { GapsList } from '../../src/extension/gaps/gapsList';
import { Log } from '../../src/extension/log';
import { HashesOnScreen } from '../../src/extension/runs/freshness';
import { RunStore } from '../../src/extension/runs/runStore';
import { ScenarioFiles } from '../../src/extension/scenarios/scenarioFiles';
import { type GapRow, GapsTree, PAGE } from '../../src/extension/views/gapsTree';
import { type OpenAIServer, startOpenAIServer } from '../fixtures/openaiServer';
import { activate, deleteRuns, edit, hearMessages, openFile, runsFolder, setEndpoints, waitFor } from './editor';
import { execute, hearMessage, SCENARIO } from './runs';

/** States agreement with everything, and acts against Social Power and Wealth. */
const CHOSEN = ['I let everyone', 'I drive my neighbour', 'I go where my neighbours'];

const inspectorTab = () =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .find(
      ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('valueActionLens.inspector'),
    );

suite('Gaps', () => {
  let lab: OpenAIServer;
  let document: vscode.TextDocument;

  suiteSetup(async () => {
    await activate();
    lab = await startOpenAIServer({
      state: () => 1,
      pick: (option1) => (CHOSEN.some((start) => option1.startsWith(start)) ? 1 : 2),
    });
    await setEndpoints([{ name: 'lab', baseUrl: lab.baseUrl, models: ['parrot'] }]);
    deleteRuns();
    document = await openFile('gaps.scenario.yaml', SCENARIO);
  });

  suiteTeardown(async () => {
    const tab = inspectorTab();
    if (tab) await vscode.window.tabGroups.close(tab);
    await setEndpoints(undefined);
    await lab.close();
    deleteRuns();
  });

  const cursorLine = () => document.lineAt(vscode.window.activeTextEditor?.selection.active.line ?? 0).text.trim();

  test('says that no gap is known before anything was run', async () => {
    await vscode.window.showTextDocument(document);
    const said = await hearMessage(() => execute('goToNextGap'));
    assert.equal(said.message, 'gaps.scenario.yaml has no gaps that are known. Run it to find out.');
  });

  test('goes from gap to gap, round at the ends', async () => {
    await hearMessages(() => execute('run', document.uri, { models: ['lab/parrot'] }));
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    const seen: string[] = [];
    for (const command of ['goToNextGap', 'goToNextGap', 'goToNextGap', 'goToPreviousGap']) {
      await execute(command);
      seen.push(cursorLine());
    }
    assert.deepEqual(seen, ['- value: Social Power', '- value: Wealth', '- value: Social Power', '- value: Wealth']);
    assert.equal(document.getText(editor.selection), 'Wealth');
  });

  test('the inspector opens beside the editor and stays with its item until another is asked for', async () => {
    await execute('inspectGap');
    const tab = await waitFor(() => inspectorTab()?.label === 'Gap: Wealth' && inspectorTab(), 'the tab of Wealth');
    assert.equal(tab.group.viewColumn, vscode.ViewColumn.Two);
    const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    await execute('goToNextGap');
    await waitFor(() => inspectorTab()?.label === 'Gap: Social Power', 'the inspector to go along');
  });

  test('the hover links to the inspector with a target that names hold nothing against', async () => {
    const own = 'value: "a) [b](command:x) %28 &#40; é"\n    definition: a value of our own';
    await edit(document, 'value: Helpful', own);
    const position = document.positionAt(document.getText().indexOf('a) [b]'));
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
    );
    assert.ok(lenses.some(({ command }) => command?.command === 'valueActionLens.inspectGap'));
    await hearMessages(() => execute('run', document.uri, { models: ['lab/parrot'] }));
    const links = await waitForLinks(document.uri, position);
    assert.equal(links.length, 1);
    const [link] = links;
    assert.ok(link);
    const uri = vscode.Uri.parse(link.replace(/^\(|\)$/g, ''), true);
    assert.equal(uri.path, 'valueActionLens.inspectGap');
    const [target] = JSON.parse(uri.query) as [{ value: string; uri: string }];
    assert.equal(target.value, 'a) [b](command:x) %28 &#40; é');
    await execute('inspectGap', target);
    await waitFor(() => inspectorTab()?.label === `Gap: ${target.value}`, 'the item behind the link');
    await edit(document, own, 'value: Helpful');
    // The list of values is part of what Task 1 shows, so what was just found is about another text.
    await hearMessages(() => execute('run', document.uri, { models: ['lab/parrot'] }));
  });

  test('copies an item with its responses', async () => {
    await execute('copyGapAsMarkdown', { kind: 'item', file: document.uri, scenario: 'us-health', value: 'Wealth' });
    const copied = await vscode.env.clipboard.readText();
    assert.match(copied, /^# Wealth: /);
    assert.match(copied, /parrot says agree\\, acts disagree\\: stated 0\\\.00\\, acted 1\\\.00/);
    assert.equal(copied.match(/^Task [12], variant \d/gm)?.length, 16);
  });

  suite('the rows of the view', () => {
    const owned: vscode.Disposable[] = [];
    let store: RunStore;
    let list: GapsList;
    let tree: GapsTree;

    suiteSetup(async () => {
      await document.save();
      const memento = { get: () => undefined, update: async () => {}, keys: () => [] } as unknown as vscode.Memento;
      const log = new Log();
      const scenarios = new ScenarioFiles(memento, log);
      store = new RunStore(log);
      list = new GapsList({ store, scenarios, results: { hashes: new HashesOnScreen() }, memento });
      tree = new GapsTree(vscode.Uri.file('/extension'), list);
      // The log is the extension's own channel, which would be closed with it.
      owned.push(scenarios, store, list, tree);
      const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
      await store.watch(folder);
    });
    suiteTeardown(() => {
      for (const part of owned.reverse()) part.dispose();
    });

    const rows = () => tree.getChildren();
    const labels = () => rows().map((row) => (row.kind === 'gap' ? row.gap.value : row.kind));

    test('appear once the runs are read, largest first, each with what leads on', async () => {
      assert.deepEqual(labels(), []);
      await list.load();
      await waitFor(() => labels().length === 2, 'the rows of two gaps');
      assert.deepEqual(labels(), ['Social Power', 'Wealth']);
      const [row] = rows();
      assert.ok(row?.kind === 'gap');
      const item = tree.getTreeItem(row);
      assert.equal(item.description, '○────● 1.00');
      assert.equal(item.contextValue, 'gap located');
      assert.equal(item.command?.command, 'valueActionLens.inspectGap');
      assert.deepEqual(item.command?.arguments, [row]);
      assert.equal(
        item.accessibilityInformation?.label,
        'Social Power, gap 1.00, parrot says agree, acts disagree, us-health',
      );
    });

    test('an edited item is stale and counts no more; a renamed one is gone', async () => {
      await edit(document, 'I book the most expensive doctor', 'I book the cheapest doctor');
      await waitFor(() => list.current().fresh === 1, 'the edited item to be stale');
      const wealth = rows().find((row) => row.kind === 'gap' && row.gap.value === 'Wealth');
      assert.ok(wealth);
      assert.equal(tree.getTreeItem(wealth).description, 'stale');
      await edit(document, 'value: Wealth', 'value: Riches');
      await waitFor(() => labels().join() === 'Social Power', 'the renamed item to be gone');
      await edit(document, 'value: Riches', 'value: Wealth');
      await edit(document, 'I book the cheapest doctor', 'I book the most expensive doctor');
      await waitFor(() => list.current().fresh === 2, 'both as they were');
    });

    test('are filtered, and only new ones shown against a baseline', async () => {
      await list.setFilter({ ...NO_FILTER, text: 'wealth' });
      assert.deepEqual(labels(), ['Wealth']);
      list.compareWith({ isNew: ({ value }) => value === 'Social Power' });
      await list.setFilter({ ...NO_FILTER, onlyNew: true });
      assert.deepEqual(labels(), ['Social Power']);
      list.compareWith(undefined);
      assert.equal(list.filter.onlyNew, false);
      assert.deepEqual(labels(), ['Social Power', 'Wealth']);
    });

    test('come page by page', async () => {
      await writeManyGaps(450);
      await store.refresh();
      await list.load();
      await waitFor(() => list.current().total === 452, 'all gaps');
      const count = () => rows().filter(({ kind }) => kind === 'gap').length;
      assert.equal(count(), PAGE);
      const more = rows().at(-1) as GapRow;
      assert.equal(tree.getTreeItem(more).label, 'Show 200 more…');
      assert.equal(tree.getTreeItem(more).description, '252 left');
      tree.showMore();
      assert.equal(count(), 2 * PAGE);
      assert.equal(tree.getTreeItem(rows().at(-1) as GapRow).label, 'Show 52 more…');
      tree.showMore();
      assert.deepEqual([count(), rows().length], [452, 452]);
    });
  });
});

/** A run whose answers were imported: all of its values are gaps, and no file has them. */
async function writeManyGaps(count: number): Promise<void> {
  const values = Array.from({ length: count }, (_, at) => `Value ${at}`);
  const at = '2026-01-31T09:30:00.000Z';
  const header: RunHeader = {
    type: 'run',
    schema: 'value-action-lens/run@1',
    id: 'many',
    startedAt: at,
    model: { id: 'lab/many', parameters: {}, notes: [] },
    variants: { task1: [0], task2: [0] },
    repeats: 1,
    scenarios: [
      {
        key: 'many',
        name: 'many',
        file: '',
        country: 'Egypt',
        topic: 'Religion',
        items: values.map((value) => ({ value, act: 'asked' as const })),
      },
    ],
  };
  const slot = { scenario: 'many', variant: 0, repeat: 0, raw: '{}', at };
  const observations: Observation[] = [
    { type: 'state', ...slot, answers: values.map((value) => [value, 1]) },
    ...values.map((value): Observation => ({ type: 'act', ...slot, value, answer: 'disagree' })),
  ];
  const journal = await createRunFile(`${runsFolder()}/many.jsonl`, header);
  for (const observation of observations) await journal.append(observation);
  await journal.close();
}

/** The link targets in the trusted parts of the hover; what a model wrote is never in one. */
async function waitForLinks(uri: vscode.Uri, position: vscode.Position): Promise<string[]> {
  const read = async () => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, position);
    const parts = hovers.flatMap(({ contents }) => contents).filter((part) => part instanceof vscode.MarkdownString);
    return parts
      .filter(({ isTrusted }) => Boolean(isTrusted))
      .flatMap(({ value }) => value.match(/\(command:[^)]*\)/g) ?? []);
  };
  let links: string[] = [];
  for (let tries = 0; links.length === 0 && tries < 50; tries++) {
    links = await read();
    if (links.length === 0) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return links;
}
