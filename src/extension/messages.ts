/**
 * Messages to people. VS Code makes links of `[text](command:…)` in them, and their text may come from an endpoint, a file
 * or a model: the links are taken out before anything is shown.
 */
import * as vscode from 'vscode';
import { withoutLinks } from '../display/plainText';

type Show = typeof vscode.window.showInformationMessage;
type Kind = 'showInformationMessage' | 'showWarningMessage' | 'showErrorMessage';

export const showInformation = showPlain('showInformationMessage');
export const showWarning = showPlain('showWarningMessage');
export const showError = showPlain('showErrorMessage');

function showPlain(kind: Kind): Show {
  return ((message: string, ...rest: unknown[]) => {
    const show = vscode.window[kind] as (message: string, ...rest: unknown[]) => Thenable<unknown>;
    return show(withoutLinks(message), ...rest);
  }) as Show;
}
