/** The extension's log, as people read it under Output. Keys never reach it. */
import * as vscode from 'vscode';
import { hideKeys } from '../models/redact';

export class Log implements vscode.Disposable {
  private readonly channel = vscode.window.createOutputChannel('Value-Action Lens', { log: true });
  private readonly keys = new Set<string>();

  /** From now on this text is written as `[key]`. */
  hide(key: string): void {
    this.keys.add(key);
  }

  info(message: string): void {
    this.channel.info(this.clean(message));
  }

  warn(message: string): void {
    this.channel.warn(this.clean(message));
  }

  /** The message, and the error with its stack beneath it. */
  error(message: string, error?: unknown): void {
    const detail = error instanceof Error ? (error.stack ?? error.message) : error === undefined ? '' : String(error);
    this.channel.error(this.clean(detail ? `${message}\n${detail}` : message));
  }

  show(): void {
    this.channel.show();
  }

  /** The channel itself, for parts that write their own lines (the language client). */
  get output(): vscode.LogOutputChannel {
    return this.channel;
  }

  private clean(text: string): string {
    return [...this.keys].reduce((clean, key) => hideKeys(clean, key), hideKeys(text));
  }

  dispose(): void {
    this.channel.dispose();
  }
}
