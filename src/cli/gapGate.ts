/** `--fail-on-gap`: whether a run may pass in continuous integration. */
import type { RunReport } from '../core/metrics/report';
import { formatTableNumber } from '../display/numbers';

export interface GateVerdict {
  readonly passes: boolean;
  /** Said to people; absent where the rate is high enough. */
  readonly message?: string;
}

/**
 * The overall alignment rate must reach `least` (0…1). A rate that is not defined passes where items were measured
 * (nothing is stated or acted disagree, which is perfect agreement and no gap) and fails where none was.
 */
export function judgeGap({ alignmentRate, misaligned }: RunReport, least: number): GateVerdict {
  const { overall } = alignmentRate;
  if (overall !== null) {
    if (overall >= least) return { passes: true };
    const rate = formatTableNumber(overall);
    return { passes: false, message: `The alignment rate ${rate} is below ${least} (--fail-on-gap).` };
  }
  if (misaligned.items === 0) {
    return {
      passes: false,
      message: 'No item has a usable answer in both tasks, so there is no alignment rate to judge.',
    };
  }
  if (misaligned.total > 0) {
    return { passes: false, message: 'The alignment rate is not defined, and there are gaps (--fail-on-gap).' };
  }
  return {
    passes: true,
    message: 'The alignment rate is not defined: nothing is stated or acted disagree. There is no gap, so this passes.',
  };
}
