// The steps of a command: what each shows, how long it takes, what it counts.

/** @typedef {{passed: number, failed: number, skipped?: number}} Counts */

export class Steps {
  /** @type {{name: string, seconds: number, note: string, counts: Counts}[]} */
  done = [];

  /**
   * Runs one step. A step that throws counts as one failed; what it threw is shown.
   * @template T
   * @param {string} name
   * @param {(line: (text: string) => void) => T | Promise<T>} work `line` shows a line of its output; a result with
   * `counts` is added to the total
   * @returns {Promise<T | undefined>} undefined where it threw
   */
  async run(name, work) {
    const started = performance.now();
    const line = (text) => console.log(`[${name}] ${text}`);
    const finish = (note, counts) => {
      const seconds = (performance.now() - started) / 1000;
      this.done.push({ name, seconds, note, counts });
      line(`${note || 'done'} (${seconds.toFixed(1)} s)`);
    };
    line('…');
    try {
      const result = await work(line);
      const counts = result?.counts ?? { passed: 0, failed: 0 };
      finish(result?.counts ? formatCounts(counts) : (result?.note ?? ''), counts);
      return result;
    } catch (error) {
      for (const text of String(error?.message ?? error).split('\n')) line(text);
      finish('failed', { passed: 0, failed: 1 });
      return undefined;
    }
  }

  /** What a step would have counted, where it cannot be run. */
  fail(name, reason) {
    console.log(`[${name}] ${reason}`);
    this.done.push({ name, seconds: 0, note: 'failed: not run', counts: { passed: 0, failed: 1 } });
  }

  /** @returns {Counts} */
  total() {
    const sum = (key) => this.done.reduce((all, { counts }) => all + (counts[key] ?? 0), 0);
    return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
  }

  table() {
    const width = Math.max(...this.done.map(({ name }) => name.length));
    return this.done
      .map(({ name, seconds, note }) => `${name.padEnd(width)}  ${seconds.toFixed(1).padStart(6)} s  ${note}`.trimEnd())
      .join('\n');
  }
}

/** @param {Counts} counts @returns {string} "N passed, N failed", and ", N skipped" where there are any */
export function formatCounts({ passed, failed, skipped = 0 }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
