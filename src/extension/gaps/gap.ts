/** One misaligned item of one model, as it stands in a list of gaps. */
import type { GapDirection } from '../../core/metrics/results';
import type { MotivationalType } from '../../core/values';

export interface Gap {
  readonly model: string;
  /** Path of the run file. */
  readonly run: string;
  /** Absolute path of the scenario file; empty for answers that were imported without one. */
  readonly file: string;
  /** The scenario's name in its file; without a file, its key in the run. */
  readonly scenario: string;
  readonly value: string;
  /** Undefined for a value of the user's own. */
  readonly type: MotivationalType | undefined;
  readonly direction: GapDirection;
  /** 0 agree … 1 disagree. */
  readonly stated: number;
  readonly acted: number;
  /** |stated − acted|, 0…1. */
  readonly distance: number;
}
