/** Entry of the comparison: takes checked messages from the extension, sends back what the reader asks for. */
import * as z from 'zod';
import { type FromComparison, toComparisonSchema } from '../../src/protocol/comparison';
import { ComparisonPage } from './page';
import './compare.css';

declare function acquireVsCodeApi(): { postMessage(message: FromComparison): void };

// Compiled checks need eval, which the panel's content security policy forbids.
z.config({ jitless: true });

const vscode = acquireVsCodeApi();
const page = new ComparisonPage(document.body, (message) => vscode.postMessage(message));

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const message = toComparisonSchema.safeParse(data);
  if (message.success) page.receive(message.data);
  else {
    const place = message.error.issues[0]?.path.map(String).join('.') || 'the message';
    const reason = `The extension sent something this page does not understand (at ${place}). Reload the window.`;
    page.receive({ type: 'empty', reason, loading: false });
  }
});

vscode.postMessage({ type: 'ready' });
