/** What the language server offers, through the editor's own commands: the client, the protocol and the server at once. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activate, edit, openFile, readProblems, waitFor } from './editor';

const YAML = `# what we ask about
country: Nigeria
topic: Religion
items:
  - value: Weelth # to be corrected
    agree:
      action: I save 😀 every coin for the temple.
      attributions: [every coin]
    disagree:
      action: I give my coins away.
  # between the items
  - value: Honest
    agree: {action: I say what I saw., attributions: [say what]}
    disagree: {action: I keep it to myself.}
`;
const JSON_TEXT = `${JSON.stringify(
  {
    country: 'Nigeria',
    topic: 'Religion',
    items: [
      {
        value: 'Weelth',
        agree: { action: 'I save 😀 every coin for the temple.', attributions: ['every coin'] },
        disagree: { action: 'I give my coins away.' },
      },
      {
        value: 'Honest',
        agree: { action: 'I say what I saw.', attributions: ['say what'] },
        disagree: { action: 'I keep it to myself.' },
      },
    ],
  },
  null,
  2,
)}\n`;

const run = <T>(command: string, ...args: unknown[]) => vscode.commands.executeCommand<T>(`vscode.${command}`, ...args);

for (const [kind, name, text] of [
  ['YAML', 'features.scenario.yaml', YAML],
  ['JSON', 'features.scenario.json', JSON_TEXT],
] as const) {
  suite(`Language features of ${kind}`, () => {
    let document: vscode.TextDocument;
    /** Inside the first occurrence. */
    const within = (words: string, by = 1) => document.positionAt(document.getText().indexOf(words) + by);
    const codes = () => vscode.languages.getDiagnostics(document.uri).map(({ code }) => code);
    const waitForNoProblem = () =>
      waitFor(() => codes().length === 0, 'no problem is left').catch((error: unknown) =>
        assert.fail(`${error}: ${readProblems(document, 'value-action-lens').join('; ')}`),
      );
    const applyAction = async (action: vscode.CodeAction | undefined) => {
      assert.ok(action?.edit, 'the action has an edit');
      assert.ok(await vscode.workspace.applyEdit(action.edit));
      const { command } = action;
      if (command) await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
    };
    const askActions = (place: vscode.Position, ofKind?: string) =>
      run<vscode.CodeAction[]>(
        'executeCodeActionProvider',
        document.uri,
        new vscode.Range(place, place),
        ...(ofKind ? [ofKind] : []),
      );

    suiteSetup(async () => {
      await activate();
      document = await openFile(name, text);
      await waitFor(() => codes().includes('unknown-value'), 'the mistake is marked');
    });

    test('completion offers the values that are not there yet, with their motivational type', async () => {
      const { items } = await run<vscode.CompletionList>(
        'executeCompletionItemProvider',
        document.uri,
        within('Weelth', 3),
      );
      const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
      assert.ok(labels.includes('Wealth') && labels.includes('Social Power'), labels.join());
      assert.ok(!labels.includes('Honest'), 'a value that is used is offered');
      assert.equal(items[labels.indexOf('Wealth')]?.detail, 'Power');
    });

    test('a quick fix corrects the value; the diagnostic goes', async () => {
      const actions = await askActions(within('Weelth'), vscode.CodeActionKind.QuickFix.value);
      const preferred = actions.find(({ isPreferred }) => isPreferred);
      assert.equal(preferred?.title, 'Change to "Wealth"');
      await applyAction(preferred);
      assert.ok(document.getText().includes('Wealth') && !document.getText().includes('Weelth'));
      await waitForNoProblem();
    });

    test('fix all corrects every slip, and only slips', async () => {
      await edit(document, 'Wealth', 'Weallth');
      await edit(document, kind === 'YAML' ? '[say what' : '"say what', kind === 'YAML' ? '[say/what' : '"say/what');
      await waitFor(() => codes().includes('attribution-not-in-action') && codes().includes('unknown-value'), 'both');
      const actions = await askActions(new vscode.Position(0, 0), vscode.CodeActionKind.SourceFixAll.value);
      assert.deepEqual(
        actions.map(({ title }) => title),
        ['Fix all safe problems'],
      );
      await applyAction(actions[0]);
      assert.ok(document.getText().includes('Wealth') && !document.getText().includes('say/what'));
      await waitForNoProblem();
    });

    test('a fix that adds a block puts the cursor where the text goes', async () => {
      const removed =
        kind === 'YAML'
          ? '    disagree: {action: I keep it to myself.}\n'
          : /,\s*"disagree": \{\s*"action": "I keep it to myself\."\s*\}/;
      const before = document.getText().match(removed)?.[0] ?? '';
      await edit(document, before, '');
      await waitFor(() => codes().includes('missing-action'), 'an action is missing');
      const [fix] = await askActions(within('Honest'), vscode.CodeActionKind.QuickFix.value);
      assert.equal(fix?.title, 'Add the disagree action');
      await applyAction(fix);
      const { active } = vscode.window.activeTextEditor!.selection;
      const line = document.lineAt(active.line).text;
      assert.match(line.slice(0, active.character), kind === 'YAML' ? /^ {6}action: $/ : /"action": "$/);
    });

    test('hover tells what a value means', async () => {
      const hovers = await run<vscode.Hover[]>('executeHoverProvider', document.uri, within('Honest', 2));
      const words = hovers.flatMap(({ contents }) =>
        contents.map((one) => (typeof one === 'string' ? one : one.value)),
      );
      assert.match(words.join('\n'), /Motivational type: Benevolence/);
      assert.equal(document.getText(hovers[0]?.range).replaceAll('"', ''), 'Honest');
    });

    test('the outline holds the scenario, its items and their actions', async () => {
      const [scenario] = await run<vscode.DocumentSymbol[]>('executeDocumentSymbolProvider', document.uri);
      assert.equal(scenario?.name, 'Nigeria · Religion');
      assert.deepEqual(
        scenario?.children.map(({ name: value, children }) => [value, children.map(({ name: polarity }) => polarity)]),
        [
          ['Wealth', ['agree', 'disagree']],
          ['Honest', ['agree']],
        ],
      );
    });

    test('an item folds', async () => {
      const ranges = await run<vscode.FoldingRange[]>('executeFoldingRangeProvider', document.uri);
      const line = kind === 'YAML' ? within('- value: Wealth').line : within('{\n      "value": "Wealth"', 0).line;
      assert.ok(
        ranges.some(({ start, end }) => start === line && end > line + 3),
        JSON.stringify(ranges),
      );
    });

    test('references are found across files, open or not', async () => {
      const other = vscode.Uri.joinPath(document.uri, '..', `other-${kind}.scenario.yaml`);
      await vscode.workspace.fs.writeFile(
        other,
        new TextEncoder().encode('country: Peru\ntopic: Religion\nitems:\n  - value: Honest\n'),
      );
      const found = await run<vscode.Location[]>('executeReferenceProvider', document.uri, within('Honest', 2));
      const files = found.map(({ uri }) => uri.path.slice(uri.path.lastIndexOf('/') + 1));
      assert.ok(files.includes(name) && files.includes(`other-${kind}.scenario.yaml`), files.join());
      const here = found.find(({ uri }) => uri.toString() === document.uri.toString());
      assert.equal(document.getText(here?.range).replaceAll('"', ''), 'Honest');
      await vscode.workspace.fs.delete(other);
    });

    test('attributions are marked inside of the action, behind an emoji too', async () => {
      const legend = await run<vscode.SemanticTokensLegend>('provideDocumentSemanticTokensLegend', document.uri);
      const { data } = await run<vscode.SemanticTokens>('provideDocumentSemanticTokens', document.uri);
      const words = readTokens(data, document).filter(({ type }) => legend.tokenTypes[type] === 'attribution');
      assert.ok(
        words.some((token) => token.text === 'every coin'),
        JSON.stringify(words),
      );
    });

    test('formatting keeps every comment and what is said', async () => {
      await edit(
        document,
        kind === 'YAML' ? 'country: Nigeria' : '"country": "Nigeria"',
        kind === 'YAML' ? 'country:    Nigeria' : '"country":    "Nigeria"',
      );
      const comments = document.getText().match(/#.*/g);
      const edits = await run<vscode.TextEdit[]>('executeFormatDocumentProvider', document.uri, {
        tabSize: 2,
        insertSpaces: true,
      });
      const change = new vscode.WorkspaceEdit();
      change.set(document.uri, edits);
      assert.ok(await vscode.workspace.applyEdit(change));
      assert.match(document.getText(), kind === 'YAML' ? /^country: Nigeria$/m : /^ {2}"country": "Nigeria",$/m);
      assert.deepEqual(document.getText().match(/#.*/g), comments);
    });
  });
}

function readTokens(data: Uint32Array, document: vscode.TextDocument): { type: number; text: string }[] {
  const tokens: { type: number; text: string }[] = [];
  let line = 0;
  let character = 0;
  for (let at = 0; at < data.length; at += 5) {
    const [lines = 0, characters = 0, length = 0, type = 0] = data.slice(at, at + 4);
    line += lines;
    character = lines > 0 ? characters : character + characters;
    tokens.push({ type, text: document.getText(new vscode.Range(line, character, line, character + length)) });
  }
  return tokens;
}
