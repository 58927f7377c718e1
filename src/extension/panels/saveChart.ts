/** "Save as PNG, SVG, CSV" of the charts panel: asks where, and writes the file. */
import Papa from 'papaparse';
import * as vscode from 'vscode';
import type { SavedChart } from '../../protocol/savedChart';
import { showError } from '../messages';

const STATUS_MS = 5_000;

/** Never rejects: what goes wrong is told. @param chart its id, which names the file */
export async function saveChart(chart: string, saved: SavedChart): Promise<void> {
  const { form } = saved;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const destination = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save Chart as {0}', form.toUpperCase()),
    filters: { [form.toUpperCase()]: [form] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, `${chart}.${form}`) }),
  });
  if (!destination) return;
  try {
    await vscode.workspace.fs.writeFile(destination, encode(saved));
    const name = vscode.workspace.asRelativePath(destination);
    vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) Saved {0}', name), STATUS_MS);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const said = vscode.l10n.t('{0} could not be saved: {1}. Choose another place.', destination.fsPath, reason);
    void showError(said);
  }
}

function encode(saved: SavedChart): Uint8Array {
  if (saved.form === 'png') return Buffer.from(saved.content, 'base64');
  return new TextEncoder().encode(saved.form === 'svg' ? saved.content : formatTable(saved));
}

/** Names are untrusted text: a cell that starts with = or @ must not become a formula in a spreadsheet. */
export function formatTable({ columns, rows }: Extract<SavedChart, { form: 'csv' }>): string {
  return `${Papa.unparse({ fields: [...columns], data: rows }, { escapeFormulae: true })}\n`;
}
