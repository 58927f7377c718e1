/** Entry of the inspector: takes checked messages from the extension, sends back what the reader asks for. */
import * as z from 'zod';
import { type FromInspector, toInspectorSchema } from '../../src/protocol/inspector';
import { InspectorPage } from './page';
import './inspector.css';

declare function acquireVsCodeApi(): { postMessage(message: FromInspector): void };

// Compiled checks need eval, which the panel's content security policy forbids.
z.config({ jitless: true });

const vscode = acquireVsCodeApi();
const page = new InspectorPage(document.body, (message) => vscode.postMessage(message));

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const message = toInspectorSchema.safeParse(data);
  if (message.success) page.receive(message.data);
  else page.receive({ type: 'empty', reason: explainMismatch(message.error), loading: false });
});

window.addEventListener('keydown', (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  event.preventDefault();
  vscode.postMessage({ type: 'step', step: event.key === 'ArrowDown' ? 1 : -1 });
});

vscode.postMessage({ type: 'ready' });

function explainMismatch(error: z.ZodError): string {
  const place = error.issues[0]?.path.map(String).join('.') || 'the message';
  return `The extension sent something this page does not understand (at ${place}). Reload the window.`;
}
