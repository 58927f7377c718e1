/** Asks what a review needs to know, in as few steps as it takes, and opens it. */
import path from 'node:path';
import * as vscode from 'vscode';
import { shortenModelId } from '../../display/sentences';
import { showInformation } from '../messages';
import type { StoredRun } from '../runs/storedRun';
import { isScenario } from '../scenarios/scenarioFiles';
import { readTarget, type Target } from '../scenarios/target';
import { sayGaps, sayWhen } from '../words';
import { collectCandidates } from './candidates';
import { type OpenParts, openSpec } from './openSpec';
import { pickSample } from './pickSample';
import type { ReviewMemory } from './reviewMemory';
import type { ReviewContent, ReviewPanel } from './reviewPanel';
import type { ReviewScope, ReviewSpec } from './reviewSpec';

const LONGEST_NAME = 80;

export interface ReviewDeskParts extends OpenParts {
  readonly memory: ReviewMemory;
  /** Resolves when the store knows the runs there are. */
  readonly roots: { readonly whenListed: Promise<void> };
}

export class ReviewDesk {
  constructor(private readonly parts: ReviewDeskParts) {}

  /** What the panel was about last. */
  async restore(): Promise<ReviewContent | undefined> {
    const spec = this.parts.memory.openSpec;
    if (!spec) return undefined;
    if (spec.kind === 'risks') await this.parts.roots.whenListed;
    return openSpec(spec, this.parts);
  }

  async review(argument: unknown, panel: ReviewPanel): Promise<void> {
    const scope = await this.chooseScope(readTarget(argument), vscode.l10n.t('Review the actions of which file?'));
    if (!scope) return;
    const { candidates } = await collectCandidates(scope, this.parts);
    if (candidates.length === 0) {
      await showInformation(
        vscode.l10n.t('There is no action to review here yet. Write one, or generate some, then review them.'),
      );
      return;
    }
    const known = this.parts.memory.sampleOf(scope);
    const wish = await pickSample(candidates, known, () => this.askName());
    if (!wish) return;
    await this.parts.memory.keepSample(scope, wish);
    await this.open({ kind: 'ratings', ...scope, ...wish }, panel);
  }

  async showAgreement(argument: unknown, panel: ReviewPanel): Promise<void> {
    const target = readTarget(argument);
    const roots = await this.listRoots();
    const root = target ? this.parts.scenarios.rootOf(target.file) : await pickRoot(roots);
    if (root) await this.open({ kind: 'agreement', root }, panel);
  }

  async codeRisks(given: StoredRun | undefined, panel: ReviewPanel): Promise<void> {
    const { store, roots } = this.parts;
    await roots.whenListed;
    await store.refresh();
    const run = given ?? (await this.pickRun());
    if (!run) return;
    await store.read(run);
    if ((run.summary?.gaps ?? 0) === 0) {
      await showInformation(
        vscode.l10n.t('{0} has no gap in this run, so there is nothing to code.', shortenModelId(run.model)),
      );
      return;
    }
    const reviewer = await this.askName();
    if (reviewer) await this.open({ kind: 'risks', run: run.path, reviewer }, panel);
  }

  private async open(spec: ReviewSpec, panel: ReviewPanel): Promise<void> {
    const content = await openSpec(spec, this.parts);
    if (!content)
      throw new Error(vscode.l10n.t('What was to be reviewed is gone. Save or restore its file, then try again.'));
    await this.parts.memory.keepOpen(spec);
    panel.open(content);
  }

  /** From the palette: the file at hand, or all files of a folder. */
  private async chooseScope(target: Target | undefined, placeHolder: string): Promise<ReviewScope | undefined> {
    const { scenarios } = this.parts;
    if (target) {
      const scope = { root: scenarios.rootOf(target.file), file: target.file.toString() };
      return target.kind === 'file' ? scope : { ...scope, scenario: target.scenario };
    }
    const scopes = await this.listScopes();
    const [only] = scopes;
    if (scopes.length === 1 && only) return only.scope;
    if (scopes.length > 1) return (await vscode.window.showQuickPick(scopes, { placeHolder }))?.scope;
    await showInformation(vscode.l10n.t('There is no scenario file here yet (a file that ends in .scenario.yaml).'));
    return undefined;
  }

  private async listScopes(): Promise<readonly (vscode.QuickPickItem & { scope: ReviewScope })[]> {
    const { scenarios } = this.parts;
    const files = await scenarios.list();
    const active = vscode.window.activeTextEditor?.document;
    const first = active && isScenario(active) ? active.uri : undefined;
    const ordered = first ? [first, ...files.filter((file) => file.toString() !== first.toString())] : files;
    const single = ordered.map((uri) => ({
      label: scenarios.nameOf(uri),
      scope: { root: scenarios.rootOf(uri), file: uri.toString() },
    }));
    const roots = [...new Set(files.map((uri) => scenarios.rootOf(uri)))];
    const whole = roots.flatMap((root) => {
      const count = files.filter((uri) => scenarios.rootOf(uri) === root).length;
      const label = vscode.l10n.t('All {0} scenario files in {1}', count, path.basename(root));
      return count > 1 ? [{ label, scope: { root } }] : [];
    });
    return first ? [...single.slice(0, 1), ...whole, ...single.slice(1)] : [...whole, ...single];
  }

  private async listRoots(): Promise<readonly string[]> {
    const { scenarios } = this.parts;
    const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
    return [...new Set([...folders, ...(await scenarios.list()).map((uri) => scenarios.rootOf(uri))])];
  }

  private async pickRun(): Promise<StoredRun | undefined> {
    const { store } = this.parts;
    const runs = store.list();
    // Only what was read can say whether it has gaps.
    for (const run of runs) await store.read(run);
    const rows = runs
      .filter((run) => (run.summary?.gaps ?? 0) > 0 && !store.isLive(run.path))
      .map((run) => ({
        label: shortenModelId(run.model),
        description: [sayWhen(run.header.startedAt), sayGaps(run.summary?.gaps ?? 0)].join(' · '),
        run,
      }));
    if (rows.length > 0) {
      const placeHolder = vscode.l10n.t('Code the gaps of which run?');
      return (await vscode.window.showQuickPick(rows, { placeHolder }))?.run;
    }
    await showInformation(
      vscode.l10n.t('There is no run with a gap yet. Tick a model, run a file, then code what it shows.'),
    );
    return undefined;
  }

  private async askName(): Promise<string | undefined> {
    const { memory } = this.parts;
    const typed = await vscode.window.showInputBox({
      title: vscode.l10n.t('Your name as a reviewer'),
      prompt: vscode.l10n.t('It names your file and stands in each of its lines.'),
      value: memory.reviewer,
      validateInput: (text) => {
        const name = text.trim();
        if (name === '') return vscode.l10n.t('Each judgement says who made it: type a name.');
        return name.length > LONGEST_NAME ? vscode.l10n.t('At most {0} characters, please.', LONGEST_NAME) : undefined;
      },
    });
    const name = typed?.trim();
    if (name) await memory.keepReviewer(name);
    return name || undefined;
  }
}

async function pickRoot(roots: readonly string[]): Promise<string | undefined> {
  if (roots.length === 0) {
    await showInformation(vscode.l10n.t('Open the folder with the scenario files and their ratings first.'));
    return undefined;
  }
  if (roots.length === 1) return roots[0];
  const rows = roots.map((root) => ({ label: path.basename(root), description: root, root }));
  return (await vscode.window.showQuickPick(rows, { placeHolder: vscode.l10n.t('The ratings in which folder?') }))
    ?.root;
}
