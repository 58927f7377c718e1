/**
 * One character typed → diagnostics, over stdio: our server beside yaml-language-server with our JSON schema in the
 * same run, on three files. Each bar is a ratio of the two medians, which is what to compare between machines.
 * `node scripts/bench.mjs language 5` types five times instead of fifteen.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { MeasuredServer } from './language/server';
import { type BenchText, writeLongDocument, writeOneScenario, writeWholeStudy } from './language/texts';

const ROUNDS = Number(process.argv[2] ?? 15);
const MEMORY_BAR = 300;
const LATENCY_BAR = 50;

interface Measured {
  readonly median: number;
  readonly open: number;
  readonly problems: number;
  readonly memory: number;
}

interface Case {
  readonly write: () => BenchText;
  /** The most that ours may take, as a share of the other. */
  readonly bar: number;
  readonly rounds: number;
}

const CASES: readonly Case[] = [
  { write: writeOneScenario, bar: 1 / 4, rounds: ROUNDS },
  { write: writeWholeStudy, bar: 1 / 20, rounds: Math.ceil(ROUNDS / 3) },
  { write: writeLongDocument, bar: 1 / 5, rounds: Math.ceil(ROUNDS / 3) },
];

const uriOf = (at: number) => `file:///bench/case${at}.scenario.yaml`;
const failures: string[] = [];

function judge(what: string, isMet: boolean, figures: string): void {
  console.log(`${isMet ? 'met  ' : 'MISSED'} ${what}: ${figures}`);
  if (!isMet) failures.push(what);
}

async function main(): Promise<void> {
  const [node = process.execPath, rival = ''] = execFileSync(process.execPath, ['scripts/yamlLanguageServer.mjs'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  }).split('\n');
  const ours = await bundleServer();
  const schema = pathToFileURL(join(process.cwd(), 'media/scenario.schema.json')).href;
  const yaml = {
    validate: true,
    hover: true,
    completion: true,
    schemaStore: { enable: false },
    schemas: { [schema]: '*.scenario.yaml' },
  };

  for (const [at, { write, bar, rounds }] of CASES.entries()) {
    const text = write();
    console.log(`\n${text.name}, ${(text.text.length / 1e6).toFixed(2)} MB, ${rounds} characters typed`);
    const mine = await measure(() => new MeasuredServer(node, [ours, '--stdio']), uriOf(at), text, rounds);
    const theirs = await measure(
      () => new MeasuredServer(node, ['--max-old-space-size=8192', rival, '--stdio'], { yaml }),
      uriOf(at),
      text,
      rounds,
    );
    for (const [name, { median, open, memory, problems }] of Object.entries({
      ours: mine,
      'yaml-language-server': theirs,
    })) {
      console.log(
        `  ${name.padEnd(21)} ${median.toFixed(0).padStart(6)} ms median   ${open.toFixed(0).padStart(6)} ms to open   ${memory.toFixed(0).padStart(5)} MB at most   ${problems} problems`,
      );
    }
    const ratio = mine.median / theirs.median;
    judge(`edit → diagnostics, ${text.name}`, ratio <= bar, `${ratio.toFixed(3)} of theirs, bar ${bar}`);
    if (at > 0)
      judge(`memory, ${text.name}`, !(mine.memory > MEMORY_BAR), `${mine.memory.toFixed(0)} MB, bar ${MEMORY_BAR}`);
  }
  for (const write of [writeWholeStudy, writeLongDocument]) await measureTyping(node, ours, write());
  console.log(failures.length === 0 ? '\nAll bars are met.' : `\n${failures.length} bars are missed.`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}

async function bundleServer(): Promise<string> {
  const folder = join(process.cwd(), 'node_modules/.cache/bench');
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, 'server.cjs');
  await build({
    entryPoints: ['src/server/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'warning',
  });
  return outfile;
}

async function measure(
  start: () => MeasuredServer,
  uri: string,
  { text, line, character }: BenchText,
  rounds: number,
): Promise<Measured> {
  const server = start();
  try {
    await server.start();
    // A problem in the text shows that both look at the schema.
    const { ms: open, problems } = await server.open(uri, `${text}  - valu: Wealth\n`);
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      times.push(await server.type(uri, { line, character: character + 2 }, 'x'));
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    return { median: median(times), open, problems, memory: server.peakMemory() };
  } finally {
    server.stop();
  }
}

/** Hover and completion while a long file is read for the first time, and in a burst of changes. */
async function measureTyping(node: string, ours: string, { name, text, line, character }: BenchText): Promise<void> {
  const server = new MeasuredServer(node, [ours, '--stdio']);
  const uri = 'file:///bench/typing.scenario.yaml';
  try {
    await server.start();
    console.log(`\nTyping in ${name}`);
    const opened = server.open(uri, text);
    await new Promise((resolve) => setTimeout(resolve, 400));
    const cold = await askAround(server, uri, { line, character });
    await opened;
    const answers: number[] = [];
    const last = server.nextDiagnostics(uri);
    const start = performance.now();
    for (let at = 0; at < 100; at++) {
      await server.send(uri, { line, character: character + 2 }, 'x');
      if (at % 10 === 9) answers.push(...(await askAround(server, uri, { line, character })));
    }
    await last;
    console.log(`  100 changes and their diagnostics: ${(performance.now() - start).toFixed(0)} ms`);
    judge(`hover and completion while ${name} is first read`, Math.max(...cold) < LATENCY_BAR, describe(cold));
    judge(`hover and completion in a burst, ${name}`, Math.max(...answers) < LATENCY_BAR, describe(answers));
  } finally {
    server.stop();
  }
}

async function askAround(
  server: MeasuredServer,
  uri: string,
  { line, character }: { line: number; character: number },
) {
  const times: number[] = [];
  for (let at = 0; at < 3; at++) {
    times.push(await server.hover(uri, { line: line - 2, character: 12 }));
    times.push(await server.complete(uri, { line: line - 2, character: 11 }));
    times.push(await server.hover(uri, { line, character }));
  }
  return times;
}

function describe(times: readonly number[]): string {
  return `${median(times).toFixed(1)} ms median, ${Math.max(...times).toFixed(1)} ms at most, bar ${LATENCY_BAR}`;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

void main();
