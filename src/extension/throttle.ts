/** Follows fast changes at a pace people can read and machines can bear. */

export interface Throttled {
  request(): void;
  dispose(): void;
}

/** Carries out the first request soon and, of all that come within `ms` after it, one more. */
export function throttle(action: () => void, ms: number): Throttled {
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
        // A slow action spaces its repetitions out, so that it never takes more than half of the time.
        last = Date.now() + Math.max(0, Date.now() - started - ms / 2);
      }, wait);
    },
    dispose() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
