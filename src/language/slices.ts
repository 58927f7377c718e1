/** Long work in short slices, between which a process hears what else is asked of it. */

/** Milliseconds of work at a time. */
const SLICE = 2;

/**
 * Carries the steps out; gives up, with false, as soon as `isWanted` says so.
 *
 * @param isWanted asked between slices
 */
export async function runInSlices(steps: Iterator<void>, isWanted: () => boolean): Promise<boolean> {
  for (;;) {
    const end = performance.now() + SLICE;
    do {
      if (steps.next().done) return true;
    } while (performance.now() < end);
    // One turn to read what was asked meanwhile, one to answer it.
    for (let turn = 0; turn < 2; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
    if (!isWanted()) return false;
  }
}
