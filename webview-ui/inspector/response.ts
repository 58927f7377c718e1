/** A response exactly as the model wrote it. Text, whatever it looks like. */
import { formatDuration } from '../../src/display/numbers';
import type { RawAnswer } from '../../src/protocol/inspector';
import { createElement } from '../dom';

/** @param wasRead the responses have come; one that is not among them is not in the run. */
export function createResponse(answer: RawAnswer | undefined, wasRead: boolean): Element {
  if (!answer) {
    const reason = wasRead ? 'The run file does not hold this response.' : 'Reading the response…';
    return createElement('p', { class: 'quiet', role: 'status' }, reason);
  }
  const { raw, cut, unread, cached, ms } = answer;
  const remarks = [
    ...(cached ? ['known from an earlier run'] : []),
    ...(ms === undefined || cached ? [] : [ms < 1000 ? `${Math.round(ms)} ms` : formatDuration(ms)]),
    ...(cut > 0 ? [`${cut.toLocaleString('en')} further characters are in the run file`] : []),
  ];
  return createElement(
    'div',
    {},
    ...unread.flatMap((text) => [
      createElement('p', { class: 'quiet' }, 'A first response could not be read, so the model was asked again:'),
      createText(text),
    ]),
    createText(raw),
    ...(remarks.length > 0 ? [createElement('p', { class: 'quiet' }, remarks.join(' · '))] : []),
  );
}

function createText(raw: string): Element {
  if (raw === '') return createElement('p', { class: 'quiet' }, 'The response was empty.');
  // Long ones scroll by keyboard too.
  return createElement('pre', { tabindex: 0, role: 'region', 'aria-label': 'Response as it came' }, raw);
}
