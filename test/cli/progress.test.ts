import { describe, expect, test } from 'vitest';
import { createProgressReporter, describeProgress, drawBar } from '../../src/cli/progressReporter';
import { toOneTerminalLine } from '../../src/cli/terminalText';
import type { RunProgress } from '../../src/engine/events';

const progress: RunProgress = {
  done: 12,
  total: 56,
  failed: 1,
  unusable: 2,
  usage: { input: 1000, output: 200 },
  remainingMs: 75_000,
  current: 'Freedom, act (variant 3)',
};

function fakeStream(isTTY: boolean, columns = 120) {
  const written: string[] = [];
  const stream = {
    isTTY,
    columns,
    write: (text: string) => written.push(text),
    cursorTo: () => true,
    clearLine: () => true,
    moveCursor: () => true,
    on: () => stream,
    once: () => stream,
    off: () => stream,
  };
  return { stream: stream as unknown as NodeJS.WriteStream, written };
}

test('progress is told in counts, time and the item at hand', () => {
  expect(describeProgress(progress)).toBe(
    '12 of 56 · 1 failed · 2 unusable · 1 min 15 s left · Freedom, act (variant 3)',
  );
  const first = { ...progress, failed: 0, unusable: 0, remainingMs: null };
  expect(describeProgress(first)).toBe('12 of 56 · Freedom, act (variant 3)');
});

test('the bar is as long as the share', () => {
  expect(drawBar(0)).toBe('░'.repeat(24));
  expect(drawBar(0.5)).toBe('█'.repeat(12) + '░'.repeat(12));
  expect(drawBar(1)).toBe('█'.repeat(24));
});

describe('where output is piped', () => {
  test('a terminal without a width gets lines too', () => {
    const { stream, written } = fakeStream(true, 0);
    const reporter = createProgressReporter(stream, false);
    reporter.show({ type: 'progress', ...progress });
    reporter.end();
    expect(written.map((line) => line.split(' · ')[0])).toEqual(['12 of 56']);
  });

  test('there is a line every few seconds, and always the last one', () => {
    const { stream, written } = fakeStream(false);
    const reporter = createProgressReporter(stream, false);
    for (let done = 1; done <= 56; done++) reporter.show({ type: 'progress', ...progress, done });
    reporter.show({ type: 'notice', message: 'left out' });
    reporter.end();
    expect(written.map((line) => line.split(' · ')[0])).toEqual(['1 of 56', '56 of 56', 'left out\n']);
  });

  test('several models have lines of their own', () => {
    const { stream, written } = fakeStream(false);
    const reporter = createProgressReporter(stream, false, ['a/x', 'b/y']);
    for (const model of ['a/x', 'b/y', 'a/x']) reporter.show({ type: 'progress', ...progress }, model);
    expect(written.map((line) => line.split(' · ')[0])).toEqual(['a/x: 12 of 56', 'b/y: 12 of 56']);
  });

  test('quiet leaves the notices', () => {
    const { stream, written } = fakeStream(false);
    const reporter = createProgressReporter(stream, true);
    reporter.show({ type: 'progress', ...progress });
    reporter.show({ type: 'notice', message: 'left\u001b[31m out' });
    expect(written).toEqual(['left [31m out\n']);
  });
});

test('a name that is long or moves the cursor becomes one plain line', () => {
  expect(toOneTerminalLine('a\u001b[2Jb\r\nc\u202ed', 40)).toBe('a [2Jb c d');
  expect(toOneTerminalLine('x'.repeat(50), 10)).toBe(`${'x'.repeat(9)}…`);
});
