/** What is said beside a proposal. Only fixed words: the model's own stand in the text, or in a plain document. */
import { isClean } from '../../core/generation/checks';
import type { Finding } from '../../core/generation/record';
import type { Translate } from '../translate';
import type { Candidate, PlaceState, ProposedPlace, ShownPlace } from './proposalReview';

export type StateCounts = Readonly<Record<PlaceState, number>>;

/** "3 to decide, 1 accepted, 1 refused or unreadable"; what there is none of is left out. */
export function sayCounts(counts: StateCounts, t: Translate): string {
  const parts = [
    counts.open > 0 && t('{0} to decide', counts.open),
    counts.accepted > 0 && t('{0} accepted', counts.accepted),
    counts.rejected > 0 && t('{0} rejected', counts.rejected),
    counts.unusable > 0 && t('{0} without an action', counts.unusable),
    counts.unplaced > 0 && t('{0} that no longer fit', counts.unplaced),
  ].filter((part) => part !== false);
  return parts.length > 0 ? parts.join(', ') : t('nothing was answered');
}

/** Above a proposal: what it is, and what speaks against it. */
export function sayHead({ place, state, findings }: ShownPlace, t: Translate): string {
  const side = place.polarity === 'agree' ? t('agree action') : t('disagree action');
  if (state === 'unplaced') return `$(warning) ${t('{0} no longer fits: the file has changed', side)}`;
  if (state === 'unusable') return `$(circle-slash) ${t('No {0}: {1}', side, sayFindings(findings, t))}`;
  if (state === 'rejected') return `$(close) ${t('{0} rejected', side)}`;
  if (state === 'accepted') return `$(check) ${t('{0} accepted', side)}`;
  if (findings.length === 0) return `$(sparkle) ${t('Proposed {0}', side)}`;
  return `$(${isClean(findings) ? 'info' : 'warning'}) ${sayFindings(findings, t)}`;
}

/** Each kind once; attributions are counted. */
function sayFindings(findings: readonly Finding[], t: Translate): string {
  const counts = new Map<Finding['code'], number>();
  for (const { code } of findings) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].map(([code, count]) => sayFinding(code, count, t)).join(', ');
}

function sayFinding(code: Finding['code'], count: number, t: Translate): string {
  switch (code) {
    case 'refused':
      return t('refused');
    case 'unparsed':
      return t('answer unreadable');
    case 'wrong-polarity':
      return t('about the other side');
    case 'not-first-person':
      return t('not in the first person');
    case 'too-long':
      return t('over 50 words');
    case 'cut-off':
      return t('perhaps cut off');
    case 'identical-actions':
      return t('same as the other side');
    case 'attribution-trimmed':
      return count === 1 ? t('1 attribution trimmed') : t('{0} attributions trimmed', count);
    case 'attribution-dropped':
      return count === 1 ? t('1 attribution dropped') : t('{0} attributions dropped', count);
    case 'repaired':
      return t('read from broken JSON');
  }
}

/** "variant 5 (3 of 8)", "reworded (2 of 2)"; empty where there is only the model's one. */
export function sayCandidate({ candidates, chosen }: ProposedPlace, t: Translate): string {
  const candidate = candidates[chosen];
  if (!candidate || candidates.length === 1) return '';
  return t('{0} ({1} of {2})', sayOrigin(candidate, t), chosen + 1, candidates.length);
}

function sayOrigin({ origin, offered }: Candidate, t: Translate): string {
  if (origin === 'edited') return t('your wording');
  return origin === 'again' ? t('asked again') : t('variant {0}', offered.proposal.variant);
}
