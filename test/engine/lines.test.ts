/** Lines of a file, whatever their length and wherever reading is cut. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { measureHeader, readLines } from '../../src/engine/lines';

let folder: string;
let path: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'val-lines-'));
  path = join(folder, 'lines');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LONG = 'ü€😀'.repeat(40_000);

describe('lines of a file', () => {
  test.each<[string, string]>([
    ['none', ''],
    ['one without an end', 'a'],
    ['blank ones', '\n\n a\n'],
    ['others’ line ends', 'a\r\nb\u2028c\n'],
    ['long ones', `${LONG}\n${LONG}x\n\n${LONG}`],
    ['long ones among short ones', `${'short\n'.repeat(30_000)}${LONG}\n${'é\n'.repeat(30_000)}`],
  ])('are given out as they are: %s', (_, text) => {
    writeFileSync(path, text);
    const lines = text.split('\n');
    if (lines.at(-1) === '') lines.pop();
    expect([...readLines(path)]).toEqual(lines);
  });

  test('begin where somebody wants', () => {
    writeFileSync(path, `üü\n${LONG}\nlast`);
    expect([...readLines(path, Buffer.byteLength('üü\n'))]).toEqual([LONG, 'last']);
    expect([...readLines(path, 1_000_000_000)]).toEqual([]);
  });
});

describe('a header', () => {
  test.each<[string, string, number]>([
    ['first line', 'header\nrest\n', 1],
    ['first that is not blank', '\n \r\n\nheader\nrest', 4],
    ['long one', `${LONG}\nrest`, 1],
    ['long one behind as many blanks', `${' '.repeat(70_000)}\n${LONG}\nrest`, 2],
  ])('is the %s', (_, text, lines) => {
    writeFileSync(path, text);
    const header = measureHeader(path);
    expect(header.lines).toBe(lines);
    expect([...readLines(path, header.bytes)]).toEqual(['rest']);
  });

  test.each(['', 'header', '\n\n', `${LONG}`])('without an end leaves nothing behind it', (text) => {
    writeFileSync(path, text);
    expect([...readLines(path, measureHeader(path).bytes)]).toEqual([]);
  });
});
