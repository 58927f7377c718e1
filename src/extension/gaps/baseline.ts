/** What a later run is compared with. Whoever keeps the baseline says which gaps it does not have. */
import type { Gap } from './gap';

export interface Baseline {
  /** The gap was none when the baseline was made. Asked about thousands of gaps at once: answer from memory. */
  isNew(gap: Gap): boolean;
}
