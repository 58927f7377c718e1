export const EXIT = { done: 0, failures: 1, usage: 2, gap: 3, interrupted: 130 } as const;
