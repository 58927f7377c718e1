/** What is being asked at this moment: which model, about which items. */
import * as vscode from 'vscode';
import { requestOf } from '../../core/runs/plan';
import type { Observation, RunHeader } from '../../core/runs/record';
import { resolveInside } from '../scenarios/insidePath';

export class RunActivity implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private running = false;
  /** Run → item → requests still to come. */
  private readonly pending = new Map<string, { readonly model: string; readonly items: Map<string, number> }>();

  get isRunning(): boolean {
    return this.running;
  }

  async start(): Promise<void> {
    this.running = true;
    this.changed.fire();
    await vscode.commands.executeCommand('setContext', 'valueActionLens.running', true);
  }

  async stop(): Promise<void> {
    this.running = false;
    this.pending.clear();
    this.changed.fire();
    await vscode.commands.executeCommand('setContext', 'valueActionLens.running', false);
  }

  begin(root: string, { id, model, scenarios, variants, repeats }: RunHeader): void {
    const items = new Map<string, number>();
    for (const scenario of scenarios) {
      const file = resolveInside(root, scenario.file);
      if (file === undefined) continue;
      for (const { value, act } of scenario.items) {
        if (act === 'asked') items.set(itemKey(file, scenario.name, value), variants.task2.length * repeats);
      }
    }
    this.pending.set(id, { model: model.id, items });
    this.changed.fire();
  }

  observe(root: string, { id, scenarios }: RunHeader, observation: Observation): void {
    const request = requestOf(observation);
    const scenario = scenarios.find(({ key }) => key === request.scenario);
    const file = scenario && resolveInside(root, scenario.file);
    if (request.task !== 'act' || file === undefined || !scenario) return;
    const items = this.pending.get(id)?.items;
    const key = itemKey(file, scenario.name, request.value);
    const left = (items?.get(key) ?? 1) - 1;
    if (left > 0) items?.set(key, left);
    else items?.delete(key);
  }

  finish({ id }: RunHeader): void {
    this.pending.delete(id);
    this.changed.fire();
  }

  /** Models that are asked about the item at this moment: those that wait for their turn are not. */
  modelsAsked(file: vscode.Uri, scenario: string, value: string): readonly string[] {
    if (!this.running) return [];
    const key = itemKey(file.fsPath, scenario, value);
    const asked = [...this.pending.values()].filter(({ items }) => isAtTheFront(items, key));
    return [...new Set(asked.map(({ model }) => model))];
  }

  dispose(): void {
    this.changed.dispose();
  }
}

/** A run goes through its items in order, with about this many under way at once. */
const FRONT_ITEMS = 2;

function isAtTheFront(items: ReadonlyMap<string, number>, key: string): boolean {
  let place = 0;
  for (const candidate of items.keys()) {
    if (candidate === key) return true;
    if (++place >= FRONT_ITEMS) return false;
  }
  return false;
}

function itemKey(file: string, scenario: string, value: string): string {
  return JSON.stringify([file, scenario, value]);
}
