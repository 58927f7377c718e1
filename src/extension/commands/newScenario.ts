/** "New Scenario…": asks country, topic and values, and writes a file with the cursor in the first action. */
import * as vscode from 'vscode';
import { nameScenarioFile } from '../../core/dataset/viaScenarios';
import { draftScenario } from '../../core/scenario/draft';
import { COUNTRIES, TOPICS } from '../../core/study';
import { MOTIVATIONAL_TYPES, VALUES } from '../../core/values';
import type { ScenarioFiles } from '../scenarios/scenarioFiles';

export async function createScenario(scenarios: ScenarioFiles): Promise<void> {
  const country = await pickOrType(vscode.l10n.t('New Scenario (1/3): country'), COUNTRIES);
  if (!country) return;
  const topic = await pickOrType(vscode.l10n.t('New Scenario (2/3): social topic'), TOPICS);
  if (!topic) return;
  const values = await pickValues();
  if (!values) return;
  const uri = await chooseFile(nameScenarioFile({ country, topic }));
  if (!uri) return;
  const { text, firstAction } = draftScenario(country, topic, values);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  if (!vscode.workspace.getWorkspaceFolder(uri)) await scenarios.load([uri]);
  const editor = await vscode.window.showTextDocument(uri, { preview: false });
  const cursor = editor.document.positionAt(firstAction);
  editor.selection = new vscode.Selection(cursor, cursor);
  editor.revealRange(editor.selection);
}

/** One of the list, or whatever is typed: people evaluate other cultures and topics too. */
function pickOrType(title: string, known: readonly string[]): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick();
  pick.title = title;
  pick.placeholder = vscode.l10n.t('Choose one of the study’s, or type your own');
  const items = known.map((label) => ({ label }));
  pick.items = items;
  pick.onDidChangeValue((typed) => {
    const text = typed.trim();
    const isKnown = text === '' || known.includes(text);
    pick.items = isKnown
      ? items
      : [{ label: text, description: vscode.l10n.t('your own'), alwaysShow: true }, ...items];
  });
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(pick.activeItems[0]?.label ?? (pick.value.trim() || undefined));
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

async function pickValues(): Promise<readonly string[] | undefined> {
  const items = MOTIVATIONAL_TYPES.flatMap((type): vscode.QuickPickItem[] => [
    { label: type, kind: vscode.QuickPickItemKind.Separator },
    ...VALUES.filter(({ motivationalType }) => motivationalType === type).map(({ name, definition }) => ({
      label: name,
      description: definition,
    })),
  ]);
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('New Scenario (3/3): values to ask about'),
    placeHolder: vscode.l10n.t('A handful is a good start'),
    canPickMany: true,
    matchOnDescription: true,
  });
  return picked && picked.length > 0 ? picked.map(({ label }) => label) : undefined;
}

/** In the workspace folder under a free name; elsewhere the user says where. Nothing is overwritten unasked. */
async function chooseFile(name: string): Promise<vscode.Uri | undefined> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) {
    return vscode.window.showSaveDialog({
      title: vscode.l10n.t('Where to put the scenario'),
      filters: { [vscode.l10n.t('Scenario files')]: ['yaml'] },
    });
  }
  for (let n = 1; ; n++) {
    const free = n === 1 ? name : name.replace('.scenario.yaml', ` (${n}).scenario.yaml`);
    const uri = vscode.Uri.joinPath(folder.uri, free);
    try {
      await vscode.workspace.fs.stat(uri);
    } catch {
      return uri;
    }
  }
}
