import { describe, expect, test } from 'vitest';
import { readRun } from '../../src/engine/runFiles';
import { CommandLine, runArgs } from './commandLine';

const commandLine = new CommandLine();

describe('limits on the command line', () => {
  test('requests a minute are kept, and all are answered', async () => {
    const starts: number[] = [];
    const server = await commandLine.serve({
      behave: () => {
        starts.push(performance.now());
        return undefined;
      },
    });
    expect((await commandLine.call(runArgs(server, '--rpm', '1200', '-c', '24'))).code).toBe(0);
    // 24 requests, one each 50 ms, but for what a late start catches up.
    expect((starts.at(-1) ?? 0) - (starts[0] ?? 0)).toBeGreaterThan(1000);
    expect(server.mostAtOnce()).toBeLessThan(5);
  });

  test('a request that hangs is asked again after the timeout', async () => {
    const server = await commandLine.serve({ behave: ({ index }) => (index === 3 ? { kind: 'hang' } : undefined) });
    const { code } = await commandLine.call(runArgs(server, '--timeout', '0.3'));
    expect(code).toBe(0);
    expect(server.requests).toHaveLength(25);
    expect(readRun(commandLine.onlyRun()).observations).toHaveLength(24);
  });

  test('a wait that the endpoint asks for is honoured and shown', async () => {
    const times: number[] = [];
    const server = await commandLine.serve({
      behave: ({ index }) => {
        times.push(performance.now());
        return index === 0 ? { kind: 'status', status: 429, headers: { 'retry-after-ms': '700' } } : undefined;
      },
    });
    const { code, stderr } = await commandLine.call(runArgs(server, '-c', '1', '--variants', '0'));
    expect(code).toBe(0);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(699);
    expect(stderr).toMatch(/Waiting 1 s: .* is asked too often/);
  });

  test('a rate that is no rate is refused', async () => {
    const { code, stderr } = await commandLine.call(runArgs({ baseUrl: 'http://localhost:1/v1' }, '--rpm', '0'));
    expect(code).toBe(2);
    expect(stderr).toMatch(/from 0\.1 to/);
  });
});
