import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Clock } from '../../src/engine/ports';
import { askWithRetries, chooseDelay, DEFAULT_RETRY_POLICY } from '../../src/engine/retry';
import { ModelError } from '../../src/models/client';

function patientClock(slept: number[]): Clock {
  let now = 0;
  return {
    now: () => now,
    date: () => '',
    sleep: async (ms) => {
      now += ms;
      slept.push(ms);
    },
  };
}
const signal = new AbortController().signal;
const flaky = (times: number, error: Error) => {
  let asked = 0;
  return async () => {
    if (asked++ < times) throw error;
    return asked;
  };
};
const broken = new ModelError('server-error', 'retry', 'status 500');
const busy = new ModelError('rate-limited', 'retry', 'busy');

describe('asking with retries', () => {
  test('asks again until there is an answer, with growing pauses', async () => {
    const slept: number[] = [];
    const options = { policy: DEFAULT_RETRY_POLICY, clock: patientClock(slept), signal, random: () => 1 };
    expect(await askWithRetries(flaky(4, broken), options)).toBe(5);
    expect(slept).toEqual([500, 1000, 2000, 4000]);
  });

  test('gives up after the attempts of the policy', async () => {
    const slept: number[] = [];
    const options = { policy: DEFAULT_RETRY_POLICY, clock: patientClock(slept), signal, random: () => 0 };
    await expect(askWithRetries(flaky(99, broken), options)).rejects.toBe(broken);
    expect(slept).toHaveLength(DEFAULT_RETRY_POLICY.attempts - 1);
  });

  test('has more patience with an endpoint that is asked too much, and shorter pauses', async () => {
    const slept: number[] = [];
    const options = { policy: DEFAULT_RETRY_POLICY, clock: patientClock(slept), signal, random: () => 1 };
    expect(await askWithRetries(flaky(100, busy), options)).toBe(101);
    expect(Math.max(...slept)).toBe(DEFAULT_RETRY_POLICY.rejectionCapMs);
    await expect(askWithRetries(flaky(1000, busy), options)).rejects.toBe(busy);
    // Ten minutes from the first rejection, and the pause that was under way.
    const inAll = slept.slice(100).reduce((sum, ms) => sum + ms, 0);
    expect(inAll).toBeGreaterThan(600_000);
    expect(inAll).toBeLessThan(610_000);
  });

  test.each(['stop', 'fail'] as const)('does not ask again after an error of kind %s', async (kind) => {
    const slept: number[] = [];
    const error = new ModelError('unauthorized', kind, 'no');
    const options = { policy: DEFAULT_RETRY_POLICY, clock: patientClock(slept), signal, random: Math.random };
    await expect(askWithRetries(flaky(1, error), options)).rejects.toBe(error);
    await expect(askWithRetries(flaky(1, new TypeError('bug')), options)).rejects.toThrow('bug');
    expect(slept).toEqual([]);
  });

  test('waits as long as the endpoint asks, but not for ever', async () => {
    const slept: number[] = [];
    const options = { policy: DEFAULT_RETRY_POLICY, clock: patientClock(slept), signal, random: () => 0 };
    await askWithRetries(flaky(1, new ModelError('rate-limited', 'retry', 'busy', 7000)), options);
    expect(slept).toEqual([7000]);
    const tomorrow = new ModelError('rate-limited', 'retry', 'tomorrow', 86_400_000);
    await expect(askWithRetries(flaky(1, tomorrow), options)).rejects.toBe(tomorrow);
    expect(slept).toEqual([7000]);
  });

  test('a pause lies between half the backoff and the cap, and never below what was asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.double({ min: 0, max: 1, noNaN: true }), (failed, random) => {
        const { baseMs, capMs } = DEFAULT_RETRY_POLICY;
        const delay = chooseDelay(failed, DEFAULT_RETRY_POLICY, random);
        expect(delay).toBeGreaterThanOrEqual(Math.min(capMs, baseMs * 2 ** (failed - 1)) / 2);
        expect(delay).toBeLessThanOrEqual(capMs);
        expect(chooseDelay(failed, DEFAULT_RETRY_POLICY, random, 1234)).toBeGreaterThanOrEqual(1234);
      }),
    );
  });
});
