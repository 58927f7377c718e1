/** Follows fast changes at a pace people can read and machines can bear. */

export interface Throttled {
  request(): void;
  dispose(): void;
}

/**
 * Carries out the first request soon and, of all that come within `ms` after it, one more.
 * @param mostShare 0…1: a slow action spaces its repetitions out, so that it never takes more of the time.
 */
export function throttle(action: () => void, ms: number, mostShare = 0.5): Throttled {
  let timer: NodeJS.Timeout | undefined;
  let last = Number.NEGATIVE_INFINITY;
  return {
    request() {
      if (timer) return;
      const wait = Math.max(0, last + ms - Date.now());
      timer = setTimeout(() => {
        timer = undefined;
        const started = Date.now();
        action();
        const ended = Date.now();
        const pause = (ended - started) * (1 / mostShare - 1);
        last = ended + Math.max(0, pause - ms);
      }, wait);
    },
    dispose() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
