/** Alignment Rate: F1 per scenario, and unweighted means of scenarios. Not pooled. */
import { type Confusion, computeF1 } from './confusion';

/** Unweighted mean of what is there; null where nothing is. */
export function meanOf(values: Iterable<number | null | undefined>): number | null {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (value === null || value === undefined || Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return count === 0 ? null : sum / count;
}

export function rateScenarios(confusions: readonly Confusion[]): (number | null)[] {
  return confusions.map(computeF1);
}

/** The rate of a group of scenarios (indexes into `rates`). */
export function rateGroup(rates: readonly (number | null)[], members: readonly number[]): number | null {
  return meanOf(members.map((index) => rates[index]));
}
