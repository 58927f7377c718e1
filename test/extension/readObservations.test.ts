/** A run's observations on their way into the extension: light, and without keeping others waiting. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatRunLine } from '../../src/core/runs/runFile';
import { readRun, visitObservationsInSlices } from '../../src/engine/runFiles';
import { readObservations } from '../../src/extension/runs/readObservations';
import { makeStudyRun } from '../webview/sampleStudy';

const countries = ['Nigeria', 'Egypt', 'Germany', 'India'];
const topics = ['Politics', 'Leisure', 'Health', 'Religion'];
const { header, observations } = makeStudyRun({ model: 'lab/one', countries, topics });

describe('readObservations', () => {
  let folder: string;
  let path: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'value-action-lens-read-'));
    path = join(folder, 'run.jsonl');
    const lines = observations.map((observation) => ({ ...observation, raw: 'something a model wrote '.repeat(20) }));
    writeFileSync(path, `${[header, ...lines].map(formatRunLine).join('')}no line\n`);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('gives what a run file holds, without raw texts and times', async () => {
    const read = await readObservations(path);
    expect([...read.observations.view()]).toEqual(
      readRun(path).observations.map((observation) => ({ ...observation, raw: '', at: '' })),
    );
    expect(read.skipped).toEqual([{ line: observations.length + 2, reason: 'cut or not JSON' }]);
  });

  it('lets others in while it reads', async () => {
    let turns = 0;
    let isReading = true;
    const count = () => {
      turns++;
      if (isReading) setImmediate(count);
    };
    setImmediate(count);
    let read = 0;
    // Slices of no length: whatever the machine, each line is one.
    await visitObservationsInSlices(path, { observation: () => read++ }, 0);
    isReading = false;
    expect(read).toBe(observations.length);
    expect(turns).toBeGreaterThanOrEqual(observations.length);
  });

  it('names the file that is gone', async () => {
    await expect(readObservations(join(folder, 'none.jsonl'))).rejects.toThrow(
      'none.jsonl: There is no such file; it may have been moved or deleted.',
    );
  });

  it('goes past the header, and past nothing else', async () => {
    const other = join(folder, 'other.jsonl');
    writeFileSync(other, `\n{}\n\n{}\n${formatRunLine(observations[0]!)}`);
    const read = await readObservations(other);
    expect(read.observations.size).toBe(1);
    expect(read.skipped).toEqual([{ line: 4, reason: 'not an observation of this version' }]);
  });
});
