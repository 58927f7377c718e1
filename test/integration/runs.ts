/** Runs as the suites make and read them. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { hearMessages, listRunFiles, runsFolder, type Said } from './editor';

/** Three items; 8 + 8 × 3 requests with all variants. */
export const SCENARIO = `name: us-health
country: United States
topic: Health and Health Care
items:
  - value: Social Power
    agree:
      action: I choose the clinic for everyone at home.
    disagree:
      action: I let everyone choose a clinic.
  - value: Helpful
    agree:
      action: I drive my neighbour to the clinic.
    disagree:
      action: I stay at home.
  - value: Wealth
    agree:
      action: I book the most expensive doctor.
    disagree:
      action: I go where my neighbours go.
`;
export const REQUESTS = 8 + 8 * 3;

export function execute(command: string, ...args: unknown[]): Thenable<unknown> {
  return vscode.commands.executeCommand(`valueActionLens.${command}`, ...args);
}

/** The lines of the only run file: its header, then its observations. */
export function readOnlyRun(): { readonly path: string; readonly lines: readonly string[] } {
  const [file, ...others] = listRunFiles().filter((name) => name.endsWith('.jsonl'));
  assert.ok(file, 'there is no run file');
  assert.deepEqual(others, []);
  const path = `${runsFolder()}/${file}`;
  return { path, lines: readFileSync(path, 'utf8').trim().split('\n') };
}

/** Leaves a run as a killed process does: the header, `kept` answers, and half a line. */
export function cutOff(kept: number): void {
  const { path, lines } = readOnlyRun();
  const half = lines[kept + 1]?.slice(0, 40) ?? '';
  writeFileSync(path, `${lines.slice(0, kept + 1).join('\n')}\n${half}`);
}

/** Takes the first entry of every quick pick meanwhile; the entries that were offered come back. */
export function takingFirst(during: () => Thenable<unknown>): Promise<string[]> {
  return taking([], during);
}

/** Takes the entry of the given index of one quick pick after the other (the first where none is given). */
export async function taking(indices: readonly number[], during: () => Thenable<unknown>): Promise<string[]> {
  const { showQuickPick } = vscode.window;
  const offered: string[] = [];
  let picks = 0;
  const pick = async (rows: readonly vscode.QuickPickItem[]) => {
    offered.push(...rows.map(({ label, detail }) => [label, detail].filter(Boolean).join(': ')));
    return rows[indices[picks++] ?? 0];
  };
  vscode.window.showQuickPick = pick as unknown as typeof showQuickPick;
  try {
    await during();
    return offered;
  } finally {
    vscode.window.showQuickPick = showQuickPick;
  }
}

/** Changes settings of runs for as long as `during` takes. */
export async function withSettings(settings: Record<string, unknown>, during: () => Thenable<unknown>): Promise<void> {
  const config = vscode.workspace.getConfiguration('valueActionLens');
  const write = async (values: Record<string, unknown>) => {
    for (const [name, value] of Object.entries(values)) {
      await config.update(name, value, vscode.ConfigurationTarget.Global);
    }
  };
  await write(settings);
  try {
    await during();
  } finally {
    await write(Object.fromEntries(Object.keys(settings).map((name) => [name, undefined])));
  }
}

/** The titles of the progress notifications that came meanwhile. */
export async function hearTitles(during: () => Thenable<unknown>): Promise<string[]> {
  const { withProgress } = vscode.window;
  const titles: string[] = [];
  vscode.window.withProgress = ((options: vscode.ProgressOptions, task: never) => {
    if (options.title) titles.push(options.title);
    return withProgress(options, task);
  }) as typeof withProgress;
  try {
    await during();
    return titles;
  } finally {
    vscode.window.withProgress = withProgress;
  }
}

/** Every message of progress notifications that came meanwhile. */
export async function hearProgress(during: () => Thenable<unknown>): Promise<string[]> {
  const { withProgress } = vscode.window;
  const messages: string[] = [];
  type Task = Parameters<typeof withProgress>[1];
  vscode.window.withProgress = ((options: vscode.ProgressOptions, task: Task) =>
    withProgress(options, (progress, token) =>
      task(
        {
          report: (step) => {
            if (step.message) messages.push(step.message);
            progress.report(step);
          },
        },
        token,
      ),
    )) as typeof withProgress;
  try {
    await during();
    return messages;
  } finally {
    vscode.window.withProgress = withProgress;
  }
}

export async function hearMessage(
  during: () => Thenable<unknown>,
  answer?: (said: Said) => string | undefined,
): Promise<Said> {
  const [said] = await hearMessages(during, answer);
  assert.ok(said, 'nothing was said');
  return said;
}
