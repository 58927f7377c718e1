/** A prediction in words: what was tested on what, how well it went, and what a likely gap is. */
import type { LikelyGap } from '../core/prediction/likelyGap';
import type { Label, Setting } from '../core/prediction/record';
import type { PredictionReport } from '../core/prediction/report';
import type { PairedComparison, PredictionScore, SettingScore } from '../core/prediction/score';
import { formatCount, formatEditorNumber, formatTableNumber } from './numbers';
import { describeDirection } from './sentences';

export function describeSetting(setting: Setting): string {
  switch (setting) {
    case 'action':
      return 'action';
    case 'attributions':
      return 'with attributions';
    case 'explanation':
      return 'with explanation';
    case 'all':
      return 'with both';
  }
}

/** What the observer sees, in a sentence. */
export function describeShown(setting: Setting): string {
  switch (setting) {
    case 'action':
      return 'the action alone';
    case 'attributions':
      return 'the action and its attributions';
    case 'explanation':
      return 'the action and its explanation';
    case 'all':
      return 'the action, its attributions and its explanation';
  }
}

export function describeLabel(label: Label): string {
  return label === 'stated' ? 'whether it states agreement' : 'whether it chose the action';
}

/** What was drawn, where that is not what was wished for, and what was left out. */
export function describeSample({ sample }: Pick<PredictionReport, 'sample'>): string[] {
  const { wished, usable, leftOut, examples, tests } = sample;
  const drawn = `${formatCount(2 * tests, 'test item')} and ${formatCount(2 * examples, 'example')}, half of each True and half False, no item in both.`;
  const isShort = examples < wished.examples || tests < wished.tests;
  const short = `Wished for were ${wished.tests} tests and ${wished.examples} examples of each; of the usable items ${usable.true} are True and ${usable.false} False, so there are ${tests} and ${examples} of each.`;
  const reasons = [
    [leftOut.stated, 'without a usable stated answer'],
    [leftOut.acted, 'without a usable acted answer'],
    [leftOut.undecided, 'undecided'],
    [leftOut.incomplete, 'without one of the actions'],
    [leftOut.noText, 'whose action has no known text'],
  ] as const;
  const told = reasons.filter(([count]) => count > 0).map(([count, reason]) => `${count} ${reason}`);
  const all = told.length > 0 ? [`Left out of the sample: ${told.join(', ')}.`] : [];
  return [drawn, ...(isShort ? [short] : []), ...all];
}

/** "F1 0.823 (0.779 to 0.866), always True 0.667" */
export function describeScore({
  f1,
  interval,
  baseline,
}: Pick<PredictionScore, 'f1' | 'interval' | 'baseline'>): string {
  if (f1 === null) return 'no F1: nothing is True or was predicted True';
  const range = interval ? ` (${formatTableNumber(interval[0])} to ${formatTableNumber(interval[1])})` : '';
  return `F1 ${formatTableNumber(f1)}${range}, always True ${formatTableNumber(baseline)}`;
}

/** One line where answers are missing. */
export function describeUnusable({ setting, unparsed, refused, unanswered }: SettingScore): string[] {
  const counts = [
    [unparsed, 'neither True nor False'],
    [refused, 'refused'],
    [unanswered, 'without a reply'],
  ] as const;
  const told = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return told.length === 0 ? [] : [`${describeSetting(setting)}: ${told.join(', ')}; in no score.`];
}

/** What a setting's extras change, by the paired test. */
export function describePaired(setting: Setting, { items, gained, lost, p }: PairedComparison): string {
  const what = `The action ${describeSetting(setting)} against the action alone`;
  const over = `over ${formatCount(items, 'item')} that both answered`;
  if (gained + lost === 0) return `${what}, ${over}: each is right and wrong on the same items.`;
  const verdict = p < 0.05 ? 'more than chance would give' : 'may be chance';
  return `${what}, ${over}: ${gained} become right and ${lost} wrong; exact McNemar test p ${formatP(p)}, ${verdict}.`;
}

function formatP(p: number): string {
  return p < 0.001 ? '< 0.001' : `= ${p.toFixed(3)}`;
}

/** "likely gap: says agree, acts disagree" */
export function describeLikelyGap({ status, direction, stated, actedIs }: LikelyGap): string {
  if (status === 'open') {
    return stated === null && actedIs === 'measured' ? 'no usable prediction' : 'open: the predictions decide nothing';
  }
  const both = actedIs === 'measured' ? 'acted is measured' : 'both are predicted';
  if (status === 'aligned') return `likely aligned: would say and do ${stated} (${both})`;
  return `likely gap: ${direction ? describeDirection(direction) : ''} (${both})`;
}

/** Two decimals, as numbers in the editor are: "F1 0.82 on 200 test items, where answering True always scores 0.67". */
export function describeQuality(score: SettingScore | undefined): string {
  if (!score || score.f1 === null || score.baseline === null) return 'not tested: no usable answer about a test item';
  const items = formatCount(score.answered, 'test item');
  return `F1 ${formatEditorNumber(score.f1)} on ${items}, where answering True always scores ${formatEditorNumber(score.baseline)}`;
}
