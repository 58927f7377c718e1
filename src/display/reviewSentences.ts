/** What reviewers found, in sentences for every face. */
import type { NoKappa } from '../core/review/agreement';
import type { Kappa } from '../core/review/metricReview';
import type { ConflictCandidate, ConflictReport } from '../core/review/report';
import type { VariantChoice } from '../core/review/variantChoice';
import { formatCount, formatTableNumber } from './numbers';

export function describeNoKappa(why: NoKappa): string {
  switch (why) {
    case 'one-reviewer':
      return 'only one reviewer';
    case 'nothing-in-common':
      return 'nothing rated by two';
    case 'one-category':
      return 'all rated the same';
  }
}

/** "Cohen, 80 actions", "Fleiss, 80 of 83 actions", or why there is none. */
export function describeKappa({
  method,
  why,
  used,
  leftOut,
}: Pick<Kappa, 'method' | 'why' | 'used' | 'leftOut'>): string {
  if (why) return describeNoKappa(why);
  const name = method === 'cohen' ? 'Cohen' : 'Fleiss';
  return `${name}, ${leftOut === 0 ? '' : `${used} of `}${formatCount(used + leftOut, 'action')}`;
}

/** Which variant makes the best actions, by how much, and how sure that is; whole sentences. */
export function describeChoice(choice: VariantChoice | null): string[] {
  if (!choice) return ['No rating says which variant made the action, so that variants cannot be compared.'];
  const { scores, best, metrics, margin } = choice;
  const [first, second] = scores;
  if (metrics.length === 0)
    return ['The variants were not rated by the same metrics, so that they cannot be compared.'];
  if (!first || !second || margin === null) return ['Only one variant was rated: there is none to compare it with.'];
  const over = metrics.length === 1 ? `by ${metrics[0]} alone` : `over ${metrics.length} metrics`;
  const lead =
    best.length > 1
      ? `Variants ${joinAnd(best.map(String))} are level at ${formatTableNumber(first.score)} ${over}.`
      : `Variant ${first.variant} is best: ${formatTableNumber(first.score)} ${over}, ${formatMargin(margin)} ahead of variant ${second.variant}${describeMargin(choice)}.`;
  return [lead, describeMatching(choice)];
}

function formatMargin(margin: number): string {
  return margin < 0.0005 ? 'less than 0.001' : formatTableNumber(margin);
}

function describeMargin({ interval, isWithinNoise }: VariantChoice): string {
  if (!interval) return ' (too few items for an interval)';
  const range = `95 % interval ${formatTableNumber(interval[0])} to ${formatTableNumber(interval[1])}`;
  return isWithinNoise ? ` (${range}: within noise)` : ` (${range})`;
}

function describeMatching({ isPaired, used, leftOut, scores }: VariantChoice): string {
  const sides = formatCount(used, 'item side');
  if (!isPaired) {
    return `It rests on all ${sides} (agree or disagree): the ${scores.length} variants were rated on different ones, so easier items may play a part.`;
  }
  const paired = `It rests on ${sides} (agree or disagree) rated for all ${scores.length} variants`;
  return leftOut === 0
    ? `${paired}.`
    : `${paired}; ${leftOut} rated for some only ${leftOut === 1 ? 'is' : 'are'} left out.`;
}

/** Who contradicts themselves, about what, where, and what was taken; untrusted names as they are. */
export function describeConflict(conflict: ConflictReport): string {
  const { reviewer, item, polarity, variant, model, metric, candidates, taken } = conflict;
  const about = [item, polarity, variant === null ? null : `variant ${variant}`, model, metric].filter(
    (part) => part !== null,
  );
  const said = candidates.map(({ path, line, verdict }) => `${verdict ?? 'none'} in ${path}:${line}`);
  return `${reviewer} says ${joinAnd(said)} of ${about.join(', ')}: ${describeTaken(candidates, taken)}. Keep one of the lines.`;
}

function describeTaken(candidates: readonly ConflictCandidate[], taken: number): string {
  const chosen = candidates[taken];
  const isOneOfSeveral = candidates.some(({ at }, index) => index !== taken && at === chosen?.at);
  return `${chosen?.verdict ?? 'none'} is taken, ${isOneOfSeveral ? 'the last of the same time' : 'the later one'}`;
}

function joinAnd(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
