/** What became of a run against its baseline, in words: the same in the editor, the terminal and the report. */
import type { RunComparison } from '../core/compare/compareRuns';
import type { ChangeKind, ItemChange, ItemSide } from '../core/compare/itemChanges';
import type { RateDifference } from '../core/compare/rateDifferences';
import type { TextChange } from '../core/compare/textChanges';
import { drawDumbbell } from './dumbbell';
import { formatCount, formatEditorNumber } from './numbers';
import { describeDirection, describeStatus } from './sentences';

/** Fewer pairs than this cannot show a difference at the 5 % level even if all of them moved one way (sign test). */
const FEW_UNITS = 6;

const UNEVEN = 0.05;

/** "12 gaps closed, 3 opened; the rate rose from 0.41 to 0.55, 95 % interval of the difference 0.06 to 0.22." */
export function summarizeComparison(comparison: RunComparison): string {
  const { counts } = comparison;
  const matched = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (matched === 0) return 'The two runs have no item in common, so there is nothing to compare.';
  const rate = describeRateDifference(comparison.alignmentRate.overall);
  const isEverythingSame = counts.same === matched;
  const flips = isEverythingSame
    ? `Nothing changed in ${formatCount(matched, 'item')}`
    : counts.closed + counts.opened === 0
      ? `No gap closed or opened, ${countChanged(counts.changed)}`
      : `${formatCount(counts.closed, 'gap')} closed, ${counts.opened.toLocaleString('en')} opened`;
  return `${flips}; ${rate}.`;
}

function countChanged(changed: number): string {
  return `${formatCount(changed, 'item')} changed without changing sides`;
}

/** "the rate rose from 0.41 to 0.55, 95 % interval of the difference 0.06 to 0.22"; says why where there is no rate. */
export function describeRateDifference({ before, after, difference, interval }: RateDifference): string {
  if (before === null || after === null || difference === null) return explainNoDifference(before, after);
  if (difference === 0) {
    const range = interval && (interval[0] !== 0 || interval[1] !== 0) ? `, ${describeInterval(interval)}` : '';
    return `the rate stayed at ${formatEditorNumber(before)}${range}`;
  }
  // Two numbers that look the same would read as if nothing had happened.
  const digits = before.toFixed(2) === after.toFixed(2) ? 4 : 2;
  const verb = difference > 0 ? 'rose' : 'fell';
  const range = interval ? `, ${describeInterval(interval)}` : '';
  return `the rate ${verb} from ${before.toFixed(digits)} to ${after.toFixed(digits)}${range}`;
}

function describeInterval([low, high]: readonly [number, number]): string {
  return `95 % interval of the difference ${formatSigned(low)} to ${formatSigned(high)}`;
}

function explainNoDifference(before: number | null, after: number | null): string {
  const why = 'is not defined: nothing is stated or acted disagree, or no answer was usable';
  if (before === null && after === null) return `the rate of both runs ${why}`;
  const known = before === null ? `B's is ${formatEditorNumber(after ?? 0)}` : `A's is ${formatEditorNumber(before)}`;
  return `the rate of ${before === null ? 'A' : 'B'} ${why}; ${known}`;
}

/** 0.06, −0.06: with a real minus sign, and no sign before zero. */
export function formatSigned(value: number, digits = 2): string {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** What a reader must know before believing the summary; whole sentences, the weightiest first, none where all is well. */
export function explainComparison(comparison: RunComparison): string[] {
  return [
    ...explainNoise(comparison),
    ...explainFlips(comparison),
    ...explainSamples(comparison),
    ...explainVerdicts(comparison),
    ...explainUnmatched(comparison),
    ...(comparison.missing === 'agree' ? ['Items without a usable answer are counted as agree.'] : []),
  ];
}

/** Whether a difference can be told from noise; empty where it can, or where nothing moved. */
function explainNoise({ alignmentRate: { overall }, counts }: RunComparison): string[] {
  const isMoved = counts.opened + counts.closed + counts.lost + counts.gained + counts.changed > 0;
  if (!isMoved || overall.difference === null) return [];
  const units = `${overall.units.toLocaleString('en')} ${overall.units === 1 ? overall.over.slice(0, -1) : overall.over}`;
  if (overall.units < FEW_UNITS) {
    return [`The difference of the rates rests on ${units}, too few to tell it from noise.`];
  }
  return overall.withinNoise
    ? [`The difference of the rates is within noise: its 95 % interval, over ${units}, contains 0.`]
    : [];
}

function explainFlips({ flipTest: { closed, opened, p } }: RunComparison): string[] {
  if (closed + opened === 0) return [];
  const test = `exact McNemar test, ${formatP(p)}`;
  return [
    p < UNEVEN
      ? `More gaps ${closed > opened ? 'closed than opened' : 'opened than closed'} than chance explains (${test}).`
      : `The flips alone show no direction: chance often splits them as unevenly (${test}).`,
  ];
}

/** "p = 0.031", "p < 0.001". */
export function formatP(p: number): string {
  return p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`;
}

export const MAY_BE_CHANCE = 'one sample per prompt: may be chance';

function explainSamples({ items, settings }: RunComparison): string[] {
  const unsure = items.filter(({ mayBeChance }) => mayBeChance);
  if (unsure.length === 0) return [];
  const notes = ['There is one sample per prompt, so that a change in a single item may be chance.'];
  const moved = items.filter(({ kind }) => kind !== 'same');
  const untouched = moved.filter(({ askedDifferently: { state, act } }) => !state && !act);
  // With another model or other parameters, the same text may well be answered otherwise.
  if (settings.length === 0 && untouched.length > 0) {
    const which = untouched.length === moved.length ? 'all' : untouched.length.toLocaleString('en');
    notes.push(
      `Of ${formatCount(moved.length, 'changed item')}, ${which} had the same prompts in both runs: there, only chance differs.`,
    );
  }
  return notes;
}

function explainVerdicts({ counts: { lost, gained } }: RunComparison): string[] {
  const parts = [
    ...(lost > 0 ? [`${formatCount(lost, 'item')} lost ${lost === 1 ? 'its' : 'their'} verdict`] : []),
    ...(gained > 0 ? [`${formatCount(gained, 'item')} gained ${lost > 0 ? 'one' : 'a verdict'}`] : []),
  ];
  if (parts.length === 0) return [];
  return [`${parts.join(' and ')}: undecided, unusable or incomplete in the other run, and neither closed nor opened.`];
}

function explainUnmatched({ onlyInA, onlyInB }: RunComparison): string[] {
  const parts = [
    ...(onlyInA.length > 0 ? [`${formatCount(onlyInA.length, 'item')} only in A`] : []),
    ...(onlyInB.length > 0 ? [`${formatCount(onlyInB.length, 'item')} only in B`] : []),
  ];
  return parts.length === 0 ? [] : [`Left out of every figure here: ${parts.join(', ')}.`];
}

const KINDS: Readonly<Record<ChangeKind, string>> = {
  opened: 'opened',
  closed: 'closed',
  lost: 'no verdict now',
  gained: 'verdict now',
  changed: 'changed',
  same: 'same',
};

export function describeChangeKind(kind: ChangeKind): string {
  return KINDS[kind];
}

/** "was 0.71 → 0.14", "was 0.71 → undecided", "was no usable answer → 0.14". */
export function describeMove({ was, now }: Pick<ItemChange, 'was' | 'now'>): string {
  return `was ${nameSide(was)} → ${nameSide(now)}`;
}

function nameSide({ status, distance }: ItemSide): string {
  if (status === 'undecided' || distance === null) return describeStatus(status).split(':')[0] ?? status;
  return formatEditorNumber(distance);
}

/** One sentence part for an item: "gap closed, was 0.71 → 0.14 (one sample per prompt: may be chance)". */
export function describeChange(change: Pick<ItemChange, 'kind' | 'was' | 'now' | 'mayBeChance'>): string {
  const { kind, was, now, mayBeChance } = change;
  const chance = mayBeChance ? ` (${MAY_BE_CHANCE})` : '';
  const move = describeMove(change);
  switch (kind) {
    case 'closed':
      return `gap closed, ${move}${chance}`;
    case 'opened':
      return `gap opened${now.direction ? ` (${describeDirection(now.direction)})` : ''}, ${move}${chance}`;
    case 'changed':
      return was.direction && now.direction && was.direction !== now.direction
        ? `gap turned round (now ${describeDirection(now.direction)}), ${move}${chance}`
        : `changed, ${move}${chance}`;
    case 'same':
      return 'same as in the baseline';
    default:
      return `${KINDS[kind]}, ${move}${chance}`;
  }
}

/** `○──●`; words where one of the two answers is missing. */
export function drawSide({ status, stated, acted }: ItemSide): string {
  if (stated === null || acted === null || status === 'undecided')
    return describeStatus(status).split(':')[0] ?? status;
  return drawDumbbell(stated, acted);
}

const FIELDS: Readonly<Record<string, string>> = {
  system: 'system prompt',
  country: 'country',
  topic: 'topic',
  values: 'list of values',
  definition: 'definition',
  portrait: 'portrait',
  agree: 'agreeing action',
  disagree: 'disagreeing action',
};

/** "agreeing action of Freedom in us-health", "system prompt in 132 scenarios". */
export function describeTextChange({ field, places }: Pick<TextChange, 'field' | 'places'>): string {
  const what = FIELDS[field] ?? `wording ${field.replace(/^prompts\./, '')}`;
  const values = new Set(places.map(({ value }) => value));
  const scenarios = new Set(places.map(({ scenario }) => scenario));
  const [value] = values;
  const of = value === undefined ? '' : values.size === 1 ? ` of ${value}` : ` of ${formatCount(values.size, 'value')}`;
  const [scenario] = scenarios;
  return `${what}${of} in ${scenarios.size === 1 ? scenario : formatCount(scenarios.size, 'scenario')}`;
}
