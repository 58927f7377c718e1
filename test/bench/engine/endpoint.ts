/** The test endpoint in a process of its own, so that its work is not counted as the work of who asks it. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { startOpenAIServer } from '../../fixtures/openaiServer';
import { type FaultShares, failByChance, inTurn, limitRate, type RateLimit } from '../../fixtures/serverFaults';

export interface EndpointPlan {
  readonly latencyMs: number;
  readonly faults?: { readonly seed: number; readonly shares: FaultShares };
  readonly limit?: RateLimit;
}

export interface EndpointCounts {
  readonly received: number;
  /** Different prompts that were answered. */
  readonly answered: number;
  /** Prompts that were answered more than once. */
  readonly answeredAgain: number;
  readonly tooMany: number;
}

export interface Endpoint {
  readonly baseUrl: string;
  counts(): Promise<EndpointCounts>;
  close(): Promise<void>;
}

const ROLE = '--endpoint';

/** In the child: serves until the parent lets go. False where this process is not the child. */
export function serveWhereAsked(): boolean {
  const at = process.argv.indexOf(ROLE);
  if (at < 0) return false;
  void serve(JSON.parse(process.argv[at + 1] ?? '{}'));
  return true;
}

async function serve({ latencyMs, faults, limit }: EndpointPlan): Promise<void> {
  const rules = [...(limit ? [limitRate(limit)] : []), ...(faults ? [failByChance(faults.seed, faults.shares)] : [])];
  const server = await startOpenAIServer({ latencyMs, behave: inTurn(...rules), keepsRequests: false });
  process.on('disconnect', () => process.exit());
  process.on('message', () => {
    const times = [...server.answered.values()];
    process.send?.({
      received: [...server.statuses.values()].reduce((sum, count) => sum + count, 0),
      answered: times.length,
      answeredAgain: times.filter((count) => count > 1).length,
      tooMany: server.statuses.get(429) ?? 0,
    } satisfies EndpointCounts);
  });
  process.send?.(server.baseUrl);
}

/** Starts this very program again as an endpoint. */
export async function startEndpoint(plan: EndpointPlan): Promise<Endpoint> {
  const child = fork(process.argv[1] ?? '', [ROLE, JSON.stringify(plan)], { execArgv: [] });
  const baseUrl = (await hear(child)) as string;
  return {
    baseUrl,
    counts: async () => {
      const heard = hear(child);
      child.send('counts');
      return (await heard) as EndpointCounts;
    },
    close: async () => {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}

async function hear(child: ChildProcess): Promise<unknown> {
  const [said] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => {
      throw new Error('The test endpoint ended by itself.');
    }),
  ]);
  return said;
}
