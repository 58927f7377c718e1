/** `vscode.l10n.t`, handed to what is tested without an editor. */
export type Translate = (message: string, ...parts: (string | number)[]) => string;
