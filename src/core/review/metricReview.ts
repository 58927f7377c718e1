/** What reviewers found by one metric: mean, majority vote and agreement, with intervals. */
import type { BootstrapOptions, Interval } from '../metrics/bootstrap';
import {
  computeAgreement,
  computeCohenKappa,
  computeFleissFromSums,
  countFleissNumbers,
  type NoKappa,
  toFleissNumbers,
  voteMajority,
} from './agreement';
import type { Rating } from './rating';
import { nameAction } from './ratingFile';
import { addItems, resampleItemSums, type Statistic, sumByItem } from './resampling';

export interface Kappa {
  /** Cohen's where exactly two people rated, Fleiss' where more did. */
  readonly method: 'cohen' | 'fleiss' | null;
  readonly value: number | null;
  readonly interval: Interval | null;
  /** Why there is none. */
  readonly why: NoKappa | null;
  /** Actions that it is about: rated by both (Cohen), by at least two (Fleiss). */
  readonly used: number;
  readonly leftOut: number;
}

export interface MajorityVote {
  /** Actions that most of their reviewers rated 1, and 0. */
  readonly yes: number;
  readonly no: number;
  /** Actions rated 1 as often as 0. */
  readonly tie: number;
  /** yes / (yes + no): a tie is no vote. Null where there are only ties. */
  readonly share: number | null;
  /** Of the share. */
  readonly interval: Interval | null;
}

export interface MetricReview {
  /** Ratings. */
  readonly n: number;
  readonly actions: number;
  readonly reviewers: number;
  /** Of all ratings, 0 to 1. */
  readonly mean: number | null;
  readonly interval: Interval | null;
  readonly majority: MajorityVote;
  /** Share of pairs of ratings of the same action that agree. */
  readonly agreement: number | null;
  readonly kappa: Kappa;
}

interface RatedAction {
  readonly item: string;
  readonly byReviewer: Map<string, 0 | 1>;
}

/** Where the parts of an action's row of numbers begin. */
const RATINGS = 0;
const ONES = 1;
const FLEISS = 2;
const CATEGORIES = 2;
const PAIRS = FLEISS + countFleissNumbers(CATEGORIES);
const VOTES = PAIRS + 4;
const WIDTH = VOTES + 3;

/** @param ratings All by one metric, at most one for each reviewer and action; see `foldRatings`. */
export function reviewMetric(ratings: readonly Rating[], options: BootstrapOptions): MetricReview {
  const actions = collectActions(ratings);
  const reviewers = [...new Set(ratings.map(({ reviewer }) => reviewer))].sort();
  const rows = actions.map(({ item, byReviewer }) => ({ item, numbers: toNumbers(byReviewer, reviewers) }));
  const items = sumByItem(rows, WIDTH);
  const sums = addItems(items);
  const kappaOf = chooseKappa(reviewers.length);
  const statistics = [computeMean, computeMajorityShare, kappaOf];
  const [interval = null, voteInterval = null, kappaInterval = null] = resampleItemSums(items, statistics, options);
  const [yes, no, tie] = sums.subarray(VOTES) as unknown as [number, number, number];
  return {
    n: ratings.length,
    actions: actions.length,
    reviewers: reviewers.length,
    mean: computeMean(sums),
    interval,
    majority: { yes, no, tie, share: computeMajorityShare(sums), interval: voteInterval },
    agreement: computeAgreement(sums.subarray(FLEISS)),
    kappa: describeKappa(reviewers.length, kappaOf(sums), kappaInterval, sums[FLEISS] as number, actions.length),
  };
}

function collectActions(ratings: readonly Rating[]): RatedAction[] {
  const actions = new Map<string, RatedAction>();
  for (const rating of ratings) {
    const name = nameAction(rating);
    const action = actions.get(name) ?? { item: rating.item, byReviewer: new Map() };
    action.byReviewer.set(rating.reviewer, rating.rating);
    actions.set(name, action);
  }
  return [...actions.values()];
}

function toNumbers(byReviewer: ReadonlyMap<string, 0 | 1>, reviewers: readonly string[]): number[] {
  const counts = countCategories(byReviewer);
  return [byReviewer.size, counts[1], ...toFleissNumbers(counts), ...toPair(byReviewer, reviewers), ...toVote(counts)];
}

function countCategories(byReviewer: ReadonlyMap<string, 0 | 1>): [zeros: number, ones: number] {
  let ones = 0;
  for (const rating of byReviewer.values()) ones += rating;
  return [byReviewer.size - ones, ones];
}

/** One of both yes, only the first, only the second, both no; nothing where not exactly two people rate, and both did. */
function toPair(byReviewer: ReadonlyMap<string, 0 | 1>, reviewers: readonly string[]): number[] {
  const pair = [0, 0, 0, 0];
  const [first, second] = reviewers.map((reviewer) => byReviewer.get(reviewer));
  if (reviewers.length === 2 && first !== undefined && second !== undefined) pair[3 - 2 * first - second] = 1;
  return pair;
}

/** One of yes, no, tie. */
function toVote(counts: readonly number[]): number[] {
  const vote = voteMajority(counts);
  return [vote === 1, vote === 0, vote === 'tie'].map(Number);
}

const computeMajorityShare: Statistic = (sums) => {
  const yes = sums[VOTES] as number;
  const decided = yes + (sums[VOTES + 1] as number);
  return decided === 0 ? null : yes / decided;
};

const computeMean: Statistic = (sums) => {
  const ratings = sums[RATINGS] as number;
  return ratings === 0 ? null : (sums[ONES] as number) / ratings;
};

function chooseKappa(reviewers: number): Statistic {
  if (reviewers < 2) return () => null;
  if (reviewers > 2) return (sums) => computeFleissFromSums(sums.subarray(FLEISS), CATEGORIES);
  return (sums) => {
    const [bothYes, onlyFirst, onlySecond, bothNo] = sums.subarray(PAIRS) as unknown as [
      number,
      number,
      number,
      number,
    ];
    return computeCohenKappa({ bothYes, onlyFirst, onlySecond, bothNo });
  };
}

function describeKappa(
  reviewers: number,
  value: number | null,
  interval: Interval | null,
  used: number,
  actions: number,
): Kappa {
  const why =
    value !== null ? null : reviewers < 2 ? 'one-reviewer' : used === 0 ? 'nothing-in-common' : 'one-category';
  return {
    method: reviewers < 2 ? null : reviewers === 2 ? 'cohen' : 'fleiss',
    value,
    interval: value === null ? null : interval,
    why,
    used,
    leftOut: actions - used,
  };
}
