/** What a command is about. Tree rows carry one, CodeLenses pass one, and a bare URI (editor title) means the file. */
import * as vscode from 'vscode';

export type Target =
  | { readonly kind: 'file'; readonly file: vscode.Uri }
  | { readonly kind: 'scenario'; readonly file: vscode.Uri; readonly scenario: string }
  | ItemTarget;

export interface ItemTarget {
  readonly kind: 'item';
  readonly file: vscode.Uri;
  readonly scenario: string;
  readonly value: string;
}

/** Undefined where the argument is none, as from the palette. */
export function readTarget(argument: unknown): Target | undefined {
  if (argument instanceof vscode.Uri) return { kind: 'file', file: argument };
  if (typeof argument !== 'object' || argument === null) return undefined;
  if ('target' in argument) return readTarget(argument.target);
  const { kind, file, scenario, value } = argument as Record<string, unknown>;
  if (!(file instanceof vscode.Uri)) return undefined;
  if (kind === 'file') return { kind, file };
  if (kind === 'scenario' && typeof scenario === 'string') return { kind, file, scenario };
  if (kind === 'item' && typeof scenario === 'string' && typeof value === 'string') {
    return { kind, file, scenario, value };
  }
  return undefined;
}
