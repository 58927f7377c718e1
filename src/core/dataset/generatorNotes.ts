/** What an item's note keeps of a generator's answer that is no action, so that it can be given back as it came. */
import { isRefusal } from '../answers/refusal';
import type { Polarity } from '../scenario/model';

export type UnusableAnswer = 'refused' | 'unparsed';

const BEGINNINGS: Readonly<Record<UnusableAnswer, (polarity: Polarity) => string>> = {
  refused: (polarity) => `The generator refused the ${polarity} action`,
  unparsed: (polarity) => `No action could be read for the ${polarity} action`,
};

/** Longer answers are no refusals anybody reads (UTF-16 units). */
const LONGEST_ANSWER = 4000;

/** One line: what happened, and the generator's words. */
export function noteUnusable(kind: UnusableAnswer, polarity: Polarity, raw: string): string {
  const words = raw.replace(/\s+/g, ' ').trim().slice(0, LONGEST_ANSWER);
  const what = BEGINNINGS[kind](polarity);
  return words === '' ? `${what}.` : `${what}: ${words}`;
}

/** Of a note, whatever else stands in it; undefined where it says nothing about this side. */
export function readNoted(note: string, polarity: Polarity): { kind: UnusableAnswer; raw: string } | undefined {
  for (const kind of ['refused', 'unparsed'] as const) {
    const what = BEGINNINGS[kind](polarity);
    const at = note.indexOf(what);
    if (at < 0) continue;
    const [line = ''] = note.slice(at + what.length).split('\n', 1);
    const raw = line.startsWith(': ') ? line.slice(2).trim() : '';
    // A refusal whose words are not known, or do not sound like one, is still a refusal.
    return { kind, raw: kind === 'refused' && !isRefusal(raw) ? `${UNKNOWN_REFUSAL} ${raw}`.trim() : raw };
  }
  return undefined;
}

const UNKNOWN_REFUSAL = "I'm sorry, but I can't assist with this.";
