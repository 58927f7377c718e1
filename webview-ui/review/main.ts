/** Entry of the review panel: takes checked messages from the extension, sends back what the reviewer decides. */
import * as z from 'zod';
import { type FromReview, toReviewSchema } from '../../src/protocol/review';
import { watchTheme } from '../theme';
import { ReviewPage } from './page';
import { readViewState } from './viewState';
import './review.css';

declare function acquireVsCodeApi(): {
  postMessage(message: FromReview): void;
  getState(): unknown;
  setState(state: unknown): void;
};

// Compiled checks need eval, which the panel's content security policy forbids.
z.config({ jitless: true });

const vscode = acquireVsCodeApi();
const page = new ReviewPage(document.body, readViewState(vscode.getState()), {
  send: (message) => vscode.postMessage(message),
  save: (view) => vscode.setState(view),
});

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const message = toReviewSchema.safeParse(data);
  if (message.success) page.show(message.data);
  else page.show({ type: 'empty', reason: explainMismatch(message.error) });
});

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return;
  if (page.handleKey(event.key, event.target)) event.preventDefault();
});

watchTheme(() => page.redraw());
vscode.postMessage({ type: 'ready' });

function explainMismatch(error: z.ZodError): string {
  const place = error.issues[0]?.path.map(String).join('.') || 'the message';
  return `The panel could not read what it was sent (${place}). Close it and open the review again: every rating is in its file.`;
}
