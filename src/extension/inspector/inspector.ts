/**
 * What the gap inspector is about: one item, which stays until the user asks for another. Its results follow the runs
 * and the text on screen.
 */
import * as vscode from 'vscode';
import type { InspectedItem, RawReply, ToInspector } from '../../protocol/inspector';
import type { GapsList } from '../gaps/gapsList';
import { stepFrom } from '../gaps/gapWalk';
import type { ModelSeries } from '../models/modelSeries';
import type { RunActivity } from '../runs/runActivity';
import type { ItemTarget } from '../scenarios/target';
import { throttle } from '../throttle';
import { sayWhen } from '../words';
import { composeItem, type InspectedPlace, keyOf } from './composeItem';
import { findGapsInFile } from './fileGaps';
import { findItem, type ItemSources } from './inspectedResults';
import { renderItemMarkdown } from './itemMarkdown';
import { type ItemResponses, readItemResponses } from './rawAnswers';
import { readStoredSubject } from './storedSubject';

/** `order`: what previous and next go through, the filtered list of the Gaps view or the gaps of the file. */
export interface Subject extends InspectedPlace {
  readonly model?: string | undefined;
  readonly order: 'view' | 'file';
}

export interface InspectorParts extends ItemSources {
  readonly gaps: GapsList;
  readonly activity: RunActivity;
  readonly series: ModelSeries;
  readonly memento: vscode.Memento;
  /** Resolves when the store knows the runs there are. */
  readonly roots: { readonly whenListed: Promise<void> };
  /** The extension's version, for a bug report. */
  readonly version: string;
}

const SUBJECT = 'inspectedGap';
const FOLLOW_MS = 250;
const NO_RESPONSES: ItemResponses = { answers: [], failures: [] };

export class Inspector implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly refresh = throttle(() => this.changed.fire(), FOLLOW_MS);
  private readonly subscriptions: vscode.Disposable[];
  private subject: Subject | undefined;
  private listed = false;

  constructor(private readonly parts: InspectorParts) {
    const { results, activity, gaps, roots } = parts;
    this.subject = readStoredSubject(parts.memento.get<unknown>(SUBJECT));
    void roots.whenListed.then(() => {
      this.listed = true;
      this.refresh.request();
    });
    this.subscriptions = [
      this.changed,
      this.refresh,
      results.onDidChange(() => this.refresh.request()),
      activity.onDidChange(() => this.refresh.request()),
      gaps.onDidChange(() => this.subject?.order === 'view' && this.refresh.request()),
    ];
  }

  get inspected(): Subject | undefined {
    return this.subject;
  }

  async show(subject: Subject): Promise<void> {
    this.subject = subject;
    this.changed.fire();
    await this.parts.memento.update(SUBJECT, subject);
  }

  /** Looks at another model's answers to the same item. */
  async select(model: string): Promise<void> {
    if (this.subject) await this.show({ ...this.subject, model });
  }

  /** To the next or previous gap, round at the ends. Undefined where there is no other. */
  async step(step: 1 | -1): Promise<Subject | undefined> {
    const { subject } = this;
    if (!subject) return undefined;
    const next = subject.order === 'view' ? this.stepInView(subject, step) : await this.stepInFile(subject, step);
    if (next) await this.show(next);
    return next;
  }

  /** The item as a scenario command takes it; undefined where it stands in no file. */
  get target(): ItemTarget | undefined {
    const { subject } = this;
    if (!subject || subject.file === '') return undefined;
    return { kind: 'item', file: vscode.Uri.file(subject.file), scenario: subject.scenario, value: subject.value };
  }

  async current(): Promise<ToInspector> {
    const { subject } = this;
    if (!subject) {
      return empty(vscode.l10n.t('Choose a gap in the Gaps view, or put the cursor on an item and inspect it.'));
    }
    const shown = await this.compose(subject);
    if (shown.item) return shown.item;
    if (shown.reading || !this.listed) return empty(vscode.l10n.t('Reading the runs…'), true);
    return empty(
      vscode.l10n.t('“{0}” is no longer in {1}. Choose another gap in the Gaps view.', subject.value, subject.scenario),
    );
  }

  /** The responses of one model to the item; empty where the page is about another item by now. */
  async readRaw(key: string, model: string): Promise<RawReply> {
    const { subject } = this;
    const reply = { type: 'raw', key, model } as const;
    if (!subject || keyOf(subject) !== key) return { ...reply, answers: [], failures: [] };
    try {
      const { answers, failures } = await this.readResponses(subject, model);
      return { ...reply, answers: [...answers], failures: [...failures] };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const problem = vscode.l10n.t('The responses cannot be read from the run file: {0}', reason);
      return { ...reply, answers: [], failures: [], problem };
    }
  }

  /** Path of the run file that holds a model's answers. */
  async runOf(model: string): Promise<string | undefined> {
    if (!this.subject) return undefined;
    const { results } = await findItem(this.subject, this.parts);
    return results.find((found) => found.model === model)?.run;
  }

  /** The item for a bug report; undefined where there is none. */
  async renderMarkdown(subject = this.subject): Promise<string | undefined> {
    const item = subject && (await this.compose(subject)).item;
    const model = item?.models[item.selected]?.model;
    if (!item) return undefined;
    const responses = model === undefined ? NO_RESPONSES : await this.readResponses(subject, model);
    return renderItemMarkdown(item, responses, this.parts.version);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async compose(subject: Subject): Promise<{ item: InspectedItem | undefined; reading: boolean }> {
    const { scenarios, activity, series } = this.parts;
    const found = await findItem(subject, this.parts);
    const uri = vscode.Uri.file(subject.file);
    const item = composeItem({
      place: subject,
      onScreen: found.onScreen,
      results: found.results,
      model: subject.model,
      fileName: subject.file === '' ? '' : scenarios.nameOf(uri),
      walk: await this.locate(subject),
      running: subject.file === '' ? [] : activity.modelsAsked(uri, subject.scenario, subject.value),
      canRun: subject.file !== '' && vscode.workspace.isTrusted && !activity.isRunning,
      seriesOf: (model) => series.indexOf(model),
      sayWhen,
    });
    // Half of the results would be taken for all of them.
    const isWaiting = found.reading && found.results.length === 0;
    return { item: isWaiting ? undefined : item, reading: found.reading };
  }

  private async readResponses(subject: Subject, model: string): Promise<ItemResponses> {
    const { results } = await findItem(subject, this.parts);
    const found = results.find((one) => one.model === model);
    if (!found) return NO_RESPONSES;
    const { result, run, asked } = found;
    const expected = result.stateAnswers.length + result.actAnswers.length;
    return readItemResponses({ path: run, scenario: asked.scenario.key, value: subject.value, expected });
  }

  private async locate(subject: Subject): Promise<InspectedItem['place']> {
    if (subject.order === 'view') {
      const { shown } = this.parts.gaps.current();
      return { order: 'view', index: this.indexInView(subject), total: shown.length };
    }
    const gaps = await findGapsInFile(vscode.Uri.file(subject.file), this.parts);
    return { order: 'file', index: gaps.findIndex((gap) => isSamePlace(gap, subject)), total: gaps.length };
  }

  private stepInView(subject: Subject, step: 1 | -1): Subject | undefined {
    const { shown } = this.parts.gaps.current();
    const index = stepFrom({ index: this.indexInView(subject), total: shown.length }, step);
    const gap = index === undefined ? undefined : shown[index];
    if (!gap) return undefined;
    const { file, scenario, value, model } = gap;
    return { file, scenario, value, model, order: 'view' };
  }

  private async stepInFile(subject: Subject, step: 1 | -1): Promise<Subject | undefined> {
    const gaps = await findGapsInFile(vscode.Uri.file(subject.file), this.parts);
    const index = stepFrom({ index: gaps.findIndex((gap) => isSamePlace(gap, subject)), total: gaps.length }, step);
    const gap = index === undefined ? undefined : gaps[index];
    if (!gap) return undefined;
    const { file, scenario, value, model } = gap;
    return { file, scenario, value, model, order: 'file' };
  }

  /** Of the model that is looked at, else of any: a look at another model does not lose the place in the list. */
  private indexInView(subject: Subject): number {
    const { shown } = this.parts.gaps.current();
    const exact = shown.findIndex((gap) => gap.model === subject.model && isSamePlace(gap, subject));
    return exact >= 0 ? exact : shown.findIndex((gap) => isSamePlace(gap, subject));
  }
}

function isSamePlace(one: InspectedPlace, other: InspectedPlace): boolean {
  return one.value === other.value && one.scenario === other.scenario && one.file === other.file;
}

function empty(reason: string, loading = false): ToInspector {
  return { type: 'empty', reason, loading };
}
