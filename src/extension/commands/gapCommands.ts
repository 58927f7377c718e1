/** From gap to gap, and into one of them. */
import * as vscode from 'vscode';
import { revealItem, selectItemInView } from '../editor/revealItem';
import { pickFilter } from '../gaps/gapFilterPick';
import type { GapsList } from '../gaps/gapsList';
import { stepInText } from '../gaps/gapWalk';
import { type FileGap, findGapsInFile } from '../inspector/fileGaps';
import type { Inspector, Subject } from '../inspector/inspector';
import type { InspectorPanel } from '../inspector/inspectorPanel';
import { readInspectTarget } from '../inspector/readTarget';
import { showInformation } from '../messages';
import type { ResultsOnScreen } from '../runs/resultsOnScreen';
import { isScenario, type ScenarioFiles } from '../scenarios/scenarioFiles';
import type { GapsView } from '../views/gapsView';
import { sayWithNumber } from '../words';
import type { CommandTable } from './commandTable';

export interface GapCommandParts {
  readonly scenarios: ScenarioFiles;
  readonly results: ResultsOnScreen;
  readonly gaps: GapsList;
  readonly gapsView: Pick<GapsView, 'showMore'>;
  readonly inspector: Inspector;
  readonly inspectorPanel: InspectorPanel;
}

const STATUS_MS = 5_000;

export function gapCommands(parts: GapCommandParts): CommandTable {
  const { gaps, gapsView, inspector } = parts;
  return {
    inspectGap: async (argument) => {
      const subject = readInspectTarget(argument) ?? (await findSubject(parts));
      if (subject) await inspect(parts, subject);
    },
    goToNextGap: () => goToGap(parts, 1),
    goToPreviousGap: () => goToGap(parts, -1),
    copyGapAsMarkdown: async (argument) => {
      const subject = readInspectTarget(argument) ?? inspector.inspected ?? (await subjectAtCursor(parts));
      const markdown = subject && (await inspector.renderMarkdown(subject));
      if (markdown === undefined) {
        void showInformation(vscode.l10n.t('Inspect a gap first, then copy it.'));
        return;
      }
      await vscode.env.clipboard.writeText(markdown);
      vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) Copied as Markdown'), STATUS_MS);
    },
    filterGaps: async () => {
      const options = { models: gaps.current().models, hasBaseline: gaps.baseline !== undefined };
      const filter = await pickFilter(gaps.filter, options);
      if (filter) await gaps.setFilter(filter);
    },
    searchGaps: async () => {
      const text = await vscode.window.showInputBox({
        title: vscode.l10n.t('Search Gaps'),
        prompt: vscode.l10n.t('Words in the value, the scenario or the model. Empty shows all.'),
        value: gaps.filter.text,
      });
      if (text !== undefined) await gaps.setFilter({ ...gaps.filter, text });
    },
    clearGapFilters: () => gaps.clearFilter(),
    showMoreGaps: () => gapsView.showMore(),
  };
}

async function inspect({ inspector, inspectorPanel, scenarios }: GapCommandParts, subject: Subject): Promise<void> {
  // The page loads while the item is put together.
  inspectorPanel.open();
  await inspector.show(subject);
  const { target } = inspector;
  if (target) await selectItemInView(scenarios, target);
}

/** Without an argument: the item under the cursor, else the largest gap there is. */
async function findSubject(parts: GapCommandParts): Promise<Subject | undefined> {
  const here = await subjectAtCursor(parts);
  if (here) return here;
  const { gaps } = parts;
  await gaps.load();
  const [largest] = gaps.current().shown;
  if (largest) return { ...pickPlace(largest), order: 'view' };
  void showInformation(
    vscode.l10n.t('There is no gap to inspect yet. Put the cursor on an item of a scenario file, or run one first.'),
  );
  return undefined;
}

async function subjectAtCursor({ scenarios }: GapCommandParts): Promise<Subject | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (!editor || !isScenario(editor.document)) return undefined;
  const { document, selection } = editor;
  const offset = document.offsetAt(selection.active);
  for (const { name, items } of (await scenarios.parse(document.uri))?.scenarios ?? []) {
    const item = items.find(({ range }) => range.start <= offset && offset <= range.end);
    if (item) return { file: document.uri.fsPath, scenario: name, value: item.value, order: 'file' };
  }
  return undefined;
}

function pickPlace({ file, scenario, value, model }: Omit<Subject, 'order'>): Omit<Subject, 'order'> {
  return { file, scenario, value, model };
}

async function goToGap(parts: GapCommandParts, step: 1 | -1): Promise<void> {
  const { inspector, inspectorPanel, scenarios } = parts;
  const editor = vscode.window.activeTextEditor;
  if (inspectorPanel.isActive || !editor || !isScenario(editor.document)) {
    await inspector.step(step);
    const { target } = inspector;
    if (target) await selectItemInView(scenarios, target);
    return;
  }
  const { document, selection } = editor;
  const gaps = await findGapsInFile(document.uri, parts);
  const starts = gaps.map(({ range }) => range.start);
  const index = stepInText(starts, document.offsetAt(selection.start), step);
  const gap = index === undefined ? undefined : gaps[index];
  if (!gap || index === undefined) {
    void showInformation(
      vscode.l10n.t('{0} has no gaps that are known. Run it to find out.', scenarios.nameOf(document.uri)),
    );
    return;
  }
  await goTo(parts, gap);
  vscode.window.setStatusBarMessage(
    vscode.l10n.t('Gap {0} of {1}: {2}', index + 1, gaps.length, `${gap.value}, ${sayWithNumber(gap.summary.lead)}`),
    STATUS_MS,
  );
}

async function goTo({ scenarios, inspector, inspectorPanel }: GapCommandParts, gap: FileGap): Promise<void> {
  const { file, scenario, value } = gap;
  await revealItem(scenarios, { kind: 'item', file: vscode.Uri.file(file), scenario, value });
  // An inspector that is open goes along; one that is not stays out of the way.
  if (inspectorPanel.isOpen) await inspector.show({ ...pickPlace(gap), order: 'file' });
}
