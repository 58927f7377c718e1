/** "Preview Prompts": beside the file, exactly what will be sent for the item under the cursor. */
import * as vscode from 'vscode';
import { type PreviewedPrompt, previewPrompts } from '../../core/prompts/preview';
import { snapshotSelection, splitBySystem } from '../../core/runs/plan';
import type { Item, Scenario } from '../../core/scenario/model';
import { formatPromptPreview, type PreviewedWay } from '../../display/promptPreview';
import type { Endpoint } from '../../models/endpoints';
import { parseModelId } from '../../models/modelIds';
import { showInformation } from '../messages';
import type { ModelTicks } from '../models/modelTicks';
import { joinMessages } from '../models/vscodeLmRequest';
import { SCHEMES } from '../names';
import { isScenario, type ScenarioFiles } from '../scenarios/scenarioFiles';
import type { Settings } from '../settings';
import { throttle } from '../throttle';

const PREVIEW = vscode.Uri.from({ scheme: SCHEMES.prompts, path: '/Prompts.md' });
const FOLLOW_MS = 150;

/** Where the cursor is in a scenario file. */
export interface ItemUnderCursor {
  readonly document: vscode.TextDocument;
  readonly scenario: Scenario;
  readonly item?: Item;
}

interface Place {
  readonly document: vscode.TextDocument;
  /** Offset of the cursor. */
  readonly at: number;
}

function placeIn({ document, selection }: vscode.TextEditor): Place {
  return { document, at: document.offsetAt(selection.active) };
}

export class PromptPreviews implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  /** A long file is read anew at this pace, not at each key. */
  private readonly refresh = throttle(() => void this.renew(), FOLLOW_MS);
  private readonly subscriptions: vscode.Disposable[];
  private shown: ItemUnderCursor | undefined;
  private followed: Place | undefined;

  constructor(
    private readonly scenarios: ScenarioFiles,
    private readonly settings: Settings,
    private readonly ticks: ModelTicks,
  ) {
    this.subscriptions = [
      this.changed,
      this.refresh,
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.follow(textEditor)),
      vscode.window.onDidChangeActiveTextEditor((editor) => this.follow(editor)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === this.followed?.document) this.refresh.request();
      }),
      ticks.onDidChange(() => this.refresh.request()),
      settings.onDidChangeModels(() => this.refresh.request()),
    ];
  }

  async open(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    this.followed = editor && placeIn(editor);
    this.shown = editor && (await this.find(editor));
    if (!this.shown) {
      void showInformation(vscode.l10n.t('Put the cursor on an item of a scenario file, then preview its prompts.'));
      return;
    }
    this.changed.fire(PREVIEW);
    const document = await vscode.workspace.openTextDocument(PREVIEW);
    await vscode.languages.setTextDocumentLanguage(document, 'markdown');
    await vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: true,
      preview: true,
    });
  }

  async provideTextDocumentContent(): Promise<string> {
    if (!this.shown) return vscode.l10n.t('Put the cursor on an item of a scenario file.');
    const { scenario, item } = this.shown;
    const isIncomplete = item !== undefined && (!item.agree || !item.disagree);
    return formatPromptPreview({
      title: item ? `${scenario.name}, ${item.value}` : scenario.name,
      ways: await this.listWays(scenario, item),
      remark: isIncomplete
        ? vscode.l10n.t('An action is missing, so Task 2 does not ask about this item.')
        : item
          ? undefined
          : vscode.l10n.t('Put the cursor on an item to see its Task 2 prompts too.'),
    });
  }

  /** The item at the cursor of an editor; undefined where the editor shows no scenario there. */
  find(editor: vscode.TextEditor): Promise<ItemUnderCursor | undefined> {
    return this.findAt(placeIn(editor));
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async findAt({ document, at }: Place): Promise<ItemUnderCursor | undefined> {
    if (document.isClosed || !isScenario(document)) return undefined;
    const scenarios = (await this.scenarios.parse(document.uri))?.scenarios ?? [];
    // The last one that begins before the cursor: the blank line below an item still belongs to it.
    const scenario = scenarios.findLast(({ range }) => range.start <= at) ?? scenarios[0];
    if (!scenario) return undefined;
    const item = scenario.items.findLast(({ range }) => range.start <= at);
    return { document, scenario, item };
  }

  private follow(editor: vscode.TextEditor | undefined): void {
    if (!this.shown || !editor || !isScenario(editor.document)) return;
    this.followed = placeIn(editor);
    this.refresh.request();
  }

  /** While the text cannot be read, what was shown last stays. */
  private async renew(): Promise<void> {
    const { followed } = this;
    const found = followed && (await this.findAt(followed));
    // The cursor went elsewhere meanwhile, and that is looked for, too.
    if (followed !== this.followed) return;
    this.shown = found ?? this.shown;
    this.changed.fire(PREVIEW);
  }

  /** The ticked models, those that are sent the same together; each with every system prompt of the scenario. */
  private async listWays(scenario: Scenario, item: Item | undefined): Promise<PreviewedWay[]> {
    const endpoints = await this.settings.endpoints();
    const groups = new Map<string, Way & { models: string[] }>();
    const ticked = this.ticks.list();
    for (const id of ticked.length > 0 ? ticked : [undefined]) {
      const way = describeWay(id, endpoints);
      const key = JSON.stringify([way.notes, way.parts === asOneMessage]);
      const same = groups.get(key) ?? { ...way, models: [] };
      if (id) same.models.push(id);
      groups.set(key, same);
    }
    const systems = listPrompts(scenario, item?.value);
    return [...groups.values()].flatMap((way) =>
      systems.map(({ label, prompts }) => {
        const note = label === undefined ? [] : [vscode.l10n.t('System prompt “{0}”.', label)];
        return { ...way, prompts, notes: [...note, ...way.notes] };
      }),
    );
  }
}

/** The prompts of an item under each of its scenario's system prompts; `label` as in `systems`. */
export function listPrompts(
  scenario: Scenario,
  value: string | undefined,
): { readonly label?: string; readonly prompts: readonly PreviewedPrompt[] }[] {
  return splitBySystem([{ file: '', scenario }]).flatMap(({ label, selection }) =>
    snapshotSelection(selection).map((snapshot) => ({
      label,
      prompts: previewPrompts(
        snapshot,
        snapshot.items.find((item) => item.value === value),
      ),
    })),
  );
}

type Way = Omit<PreviewedWay, 'prompts'>;

function asMessages({ messages }: PreviewedPrompt) {
  return messages.map(({ role, content }) => ({ role, text: content }));
}

function asOneMessage({ messages }: PreviewedPrompt) {
  return [{ role: 'user', text: joinMessages(messages) }];
}

function describeWay(id: string | undefined, endpoints: readonly Endpoint[]): Omit<Way, 'models'> {
  const parsed = id === undefined ? undefined : parseModelId(id);
  if (parsed?.kind === 'vscode') {
    const note = vscode.l10n.t('VS Code language models have no system role: the system prompt stands first.');
    return { notes: [note], parts: asOneMessage };
  }
  if (parsed?.kind === 'builtin') {
    return { notes: [vscode.l10n.t('The form of the answer is enforced.')], parts: asMessages };
  }
  const model =
    parsed?.kind === 'endpoint'
      ? endpoints.find(({ name }) => name === parsed.endpoint)?.models.find((offered) => offered.id === parsed.model)
      : undefined;
  const notes = model?.structuredOutput ? [vscode.l10n.t('A JSON schema of the answer is sent along.')] : [];
  return { notes, parts: asMessages };
}
