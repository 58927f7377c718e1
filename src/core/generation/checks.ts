/** Holds a proposed action to what the method asks of it, before anybody is offered it. */
import { checkActions } from '../scenario/actionChecks';
import { findLongestRun } from '../scenario/longestRun';
import type { Item, Polarity, ValueAction } from '../scenario/model';
import { shorten } from '../scenario/tree';
import type { ReadAnswer } from './readProposed';
import type { Finding, ProposedAnswer } from './record';

export interface CheckedAnswer {
  /** With attributions that really are in the action. */
  readonly answer: ProposedAnswer;
  readonly findings: readonly Finding[];
}

/** What was set right on the way, or is worth knowing; everything else speaks against the proposal. */
const NOTES: ReadonlySet<Finding['code']> = new Set(['attribution-trimmed', 'attribution-dropped', 'repaired']);

/** Whether a proposal can be taken as it is. */
export function isClean(findings: readonly Finding[]): boolean {
  return findings.every(({ code }) => NOTES.has(code));
}

/** @param other The action of the other side, where there is one. */
export function checkAnswer(read: ReadAnswer, polarity: Polarity, other?: string): CheckedAnswer {
  if (read.kind !== 'action') {
    return { answer: { kind: read.kind }, findings: [{ code: read.kind, message: UNUSABLE[read.kind](polarity) }] };
  }
  const action = toOneLine(read.action);
  const explanation = read.explanation?.trim();
  const { spans, findings } = fitAttributions(read.attributions, action);
  return {
    answer: { kind: 'action', action, attributions: spans, ...(explanation && { explanation }) },
    findings: [
      ...checkSentence(action, polarity),
      ...(other === undefined ? [] : checkSides(action, other)),
      ...(read.repaired ? checkRepaired(action) : []),
      ...findings,
    ],
  };
}

/** Empty where the two actions differ, white space and case apart. */
export function checkSides(action: string, other: string): Finding[] {
  const item = { ...NOWHERE, agree: place(action), disagree: place(other) };
  const isSame = checkActions(item).some(({ code }) => code === 'identical-actions');
  return isSame
    ? [
        {
          code: 'identical-actions',
          message: 'The action is the same as that of the other side. Ask again, or reword it.',
        },
      ]
    : [];
}

const UNUSABLE: Readonly<Record<Exclude<ReadAnswer['kind'], 'action'>, (polarity: Polarity) => string>> = {
  refused: (polarity) => `The model refused to write the ${polarity} action. Write it by hand, or ask another model.`,
  unparsed: (polarity) => `No ${polarity} action could be read in the answer. Ask again, or write it by hand.`,
  'wrong-polarity': (polarity) => `The answer says that it is not about the ${polarity} side. Ask again.`,
};

function checkSentence(action: string, polarity: Polarity): Finding[] {
  return checkActions({ ...NOWHERE, [polarity]: place(action) }).flatMap(({ code, message }) =>
    code === 'too-long' || code === 'not-first-person' ? [{ code, message }] : [],
  );
}

function checkRepaired(action: string): Finding[] {
  const ends = /[.!?…。！？।]["'”’»)\]]*$/u.test(action);
  return ends
    ? [{ code: 'repaired', message: 'The answer was no whole JSON; the action was read from what there was.' }]
    : [
        {
          code: 'cut-off',
          message: 'The answer was cut, and so may be the action. Ask again, or finish the sentence.',
        },
      ];
}

/** More are no attributions of one sentence. */
const MOST_SPANS = 30;

function fitAttributions(attributions: readonly string[], action: string): { spans: string[]; findings: Finding[] } {
  const spans = new Set<string>();
  const findings: Finding[] = [];
  for (const attribution of attributions.slice(0, MOST_SPANS)) {
    const span = toOneLine(attribution);
    if (span === '') continue;
    const found = findAsWritten(span, action);
    const run = found === undefined ? findLongestRun(span, action) : undefined;
    const fitting = found ?? run?.text;
    if (fitting !== undefined) spans.add(fitting);
    if (found !== undefined) continue;
    const what = `The attribution "${shorten(span)}" is not in the action word for word`;
    findings.push(
      run
        ? { code: 'attribution-trimmed', message: `${what}; "${shorten(run.text)}" is, and stands in its place.` }
        : { code: 'attribution-dropped', message: `${what}, and was left out.` },
    );
  }
  return { spans: [...spans], findings };
}

/** In the letters of the action, case apart. */
function findAsWritten(span: string, action: string): string | undefined {
  if (action.includes(span)) return span;
  const at = action.toLowerCase().indexOf(span.toLowerCase());
  if (at < 0) return undefined;
  const found = action.slice(at, at + span.length);
  // Lower case may be longer than what it stands for.
  return found.toLowerCase() === span.toLowerCase() ? found : span;
}

function toOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

const HERE = { start: 0, end: 0 };
const NOWHERE: Item = { value: '', definition: '', portrait: '', range: HERE, valueRange: HERE };

function place(action: string): ValueAction {
  return { action, attributions: [], range: HERE, actionRange: HERE, attributionRanges: [] };
}
