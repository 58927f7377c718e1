/** Entry of the charts panel: takes checked messages from the extension, sends back what the reader asks for. */
import * as z from 'zod';
import { type FromCharts, toChartsSchema } from '../../src/protocol/charts';
import { watchTheme } from '../theme';
import { ChartsPage } from './page';
import { readViewState } from './viewState';
import './charts.css';

declare function acquireVsCodeApi(): {
  postMessage(message: FromCharts): void;
  getState(): unknown;
  setState(state: unknown): void;
};

// Compiled checks need eval, which the panel's content security policy forbids.
z.config({ jitless: true });

const vscode = acquireVsCodeApi();
const page = new ChartsPage(document.body, readViewState(vscode.getState()), {
  reveal: ({ file, scenario, value }) => vscode.postMessage({ type: 'reveal', file, scenario, value }),
  ask: (question) => vscode.postMessage({ type: 'items', question }),
  save: (view) => vscode.setState(view),
  saveChart: (chart, saved) => vscode.postMessage({ type: 'save', chart, saved }),
});

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const message = toChartsSchema.safeParse(data);
  if (message.success) page.show(message.data);
  else page.show({ type: 'empty', reason: explainMismatch(message.error) });
});

let scrolling: ReturnType<typeof setTimeout> | undefined;
window.addEventListener('scroll', () => {
  clearTimeout(scrolling);
  scrolling = setTimeout(() => page.rememberScroll(window.scrollY), 150);
});

watchTheme(() => page.draw());
vscode.postMessage({ type: 'ready' });

function explainMismatch(error: z.ZodError): string {
  const place = error.issues[0]?.path.map(String).join('.') || 'the message';
  return `The charts could not read the results (${place}). Close this panel and open the charts again.`;
}
