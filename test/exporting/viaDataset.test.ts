import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readGenerated } from '../../src/core/answers/generated';
import { readViaCsv, type ViaRow } from '../../src/core/dataset/viaCsv';
import { assembleScenarios } from '../../src/core/dataset/viaScenarios';
import { ExportError, exportViaDataset } from '../../src/exporting/viaDataset';
import { importViaDataset } from '../../src/importing/viaDataset';
import { readSharedText, sharedDataIsThere } from '../fixtures/sharedData';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'val-export-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, files: Record<string, string>): string {
  const at = join(folder, name);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(at, file, '..'), { recursive: true });
    writeFileSync(join(at, file), text);
  }
  return at;
}
const noProblem = (file: string, _: string, { message }: { message: string }) => {
  throw new Error(`${file}: ${message}`);
};
const ignore = () => {};
const keyOf = ({ country, topic, value, polarity }: Omit<ViaRow, 'row' | 'raw'>) =>
  JSON.stringify([country, topic, value, polarity]);

const hostile = '"I, too: \'pay\'", \u2028 {"a": 1}\u0000 =1+1';

describe('the exported CSV', () => {
  it('has the released columns, the order of the study, and comes back without loss', () => {
    const text = (country: string, items: string) => `country: ${country}\ntopic: Politics\nitems:\n${items}`;
    const at = write('study', {
      'a.scenario.yaml': text(
        'Elsewhere',
        `  - value: Wealth\n    agree: {action: ${JSON.stringify(hostile)}, attributions: ["pay", ${JSON.stringify(hostile)}]}\n    note: |\n      mine\n      The generator refused the disagree action: I'm sorry, but I can't.\n      No action could be read for the agree action: x\n`,
      ),
      'deep/b.scenario.json': JSON.stringify({
        country: 'India',
        topic: 'Politics',
        items: [
          {
            value: 'Freedom',
            agree: { action: 'I go.', explanation: 'So.' },
            note: 'The generator refused the disagree action.',
          },
          {
            value: 'Wealth',
            disagree: { action: '=1+1' },
            note: 'No action could be read for the agree action: Hm, "so".',
          },
        ],
      }),
      'c.scenario.yaml': text('United States', '  - value: Wealth\n    disagree: {action: I give.}\n'),
      '.hidden/d.scenario.yaml': text('France', '  - value: Wealth\n    disagree: {action: I give.}\n'),
      'notes.yaml': 'a: 1',
    });
    symlinkSync(join(at, 'a.scenario.yaml'), join(at, 'z.scenario.yaml'));
    const out = join(folder, 'new', 'study.csv');
    expect(exportViaDataset(at, out, ignore)).toEqual({
      rows: 7,
      scenarios: 3,
      files: 3,
      missing: 1,
      ownValues: [],
      repeated: 0,
    });
    const csv = readFileSync(out, 'utf8');
    expect(csv.slice(0, csv.indexOf('\n'))).toBe(',Unnamed: 0,country,topic,value,polarity,generation_prompt');
    expect(csv).toMatch(/\n0,0,United States,Politics,Wealth,negative,"\{\n {2}""Human Action"": ""I give\.""/);
    const { rows, skipped } = readViaCsv(csv);
    expect(skipped).toEqual([]);
    expect(rows.map(({ country, value, polarity, raw }) => [country, value, polarity, readGenerated(raw)])).toEqual([
      [
        'United States',
        'Wealth',
        'disagree',
        { kind: 'action', action: 'I give.', attributions: [], explanation: '', recovered: false },
      ],
      [
        'India',
        'Freedom',
        'agree',
        { kind: 'action', action: 'I go.', attributions: [], explanation: 'So.', recovered: false },
      ],
      ['India', 'Freedom', 'disagree', { kind: 'refused' }],
      ['India', 'Wealth', 'agree', { kind: 'unparsed' }],
      [
        'India',
        'Wealth',
        'disagree',
        { kind: 'action', action: '=1+1', attributions: [], explanation: '', recovered: false },
      ],
      [
        'Elsewhere',
        'Wealth',
        'agree',
        { kind: 'action', action: hostile, attributions: ['pay', hostile], explanation: '', recovered: false },
      ],
      ['Elsewhere', 'Wealth', 'disagree', { kind: 'refused' }],
    ]);
    expect(rows[3]?.raw).toBe('Hm, "so".');
    expect(rows[6]?.raw).toBe("I'm sorry, but I can't.");
  });

  it('says what it cannot hold, and is replaced as a whole or not at all', () => {
    const text =
      'country: India\ntopic: Politics\nitems:\n  - value: Thrift\n    definition: d\n    agree: {action: I save.}\n';
    const at = write('odd', { 'a.scenario.yaml': text, 'b.scenario.yaml': text });
    const out = join(folder, 'odd.csv');
    writeFileSync(out, 'before');
    expect(exportViaDataset(at, out, ignore)).toMatchObject({
      rows: 2,
      repeated: 1,
      ownValues: ['Thrift'],
      missing: 2,
    });
    expect(readFileSync(out, 'utf8')).not.toContain('before');
    expect(() => exportViaDataset(write('none', { 'a.txt': '' }), out, ignore)).toThrow(/holds no scenario file/);
    expect(() => exportViaDataset(join(folder, 'nowhere'), out, ignore)).toThrow(ExportError);
    expect(() => exportViaDataset(at, join(at, 'a.scenario.yaml'), ignore)).toThrow(/End it in \.csv/);
    expect(() => exportViaDataset(at, join(out, 'x.csv'), ignore)).toThrow(/cannot be written/);
    expect(readFileSync(join(at, 'a.scenario.yaml'), 'utf8')).toBe(text);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe.skipIf(!sharedDataIsThere)('the released dataset (../shared/data)', () => {
  it('comes back from scenario files with all 14,784 rows as they were read', () => {
    const released = resolve(__dirname, '../../../shared/data/value_action_gap_full_data_generation.csv.gz');
    const at = join(folder, 'via');
    importViaDataset(released, at);
    const out = join(folder, 'via.csv.gz');
    const exported = exportViaDataset(at, out, (file, text, problem) => {
      if (problem.severity === 'error') noProblem(file, text, problem);
    });
    expect(exported).toEqual({ rows: 14_784, scenarios: 132, files: 132, missing: 0, ownValues: [], repeated: 0 });
    expect(statSync(out).size).toBeGreaterThan(0);

    const before = readViaCsv(readSharedText('value_action_gap_full_data_generation.csv.gz')).rows;
    const { rows, skipped } = readViaCsv(gunzipSync(readFileSync(out)).toString('utf8'));
    expect(skipped).toEqual([]);
    const again = new Map(rows.map((row) => [keyOf(row), row]));
    expect(again.size).toBe(14_784);
    const differing: unknown[] = [];
    let refused = 0;
    for (const row of before) {
      const was = readGenerated(row.raw);
      const raw = again.get(keyOf(row))?.raw ?? '';
      const is = readGenerated(raw);
      if (was.kind === 'refused') {
        refused++;
        // A refusal keeps its words.
        if (is.kind !== 'refused' || raw !== row.raw.replace(/\s+/g, ' ').trim()) differing.push([row.row, was, is]);
        continue;
      }
      if (JSON.stringify(contentOf(was)) !== JSON.stringify(contentOf(is))) differing.push([row.row, was, is]);
    }
    expect(differing).toEqual([]);
    expect(refused).toBe(61);
    expect(readGenerated(again.get(keyOf(before[7768] as ViaRow))?.raw ?? '')).toMatchObject({
      kind: 'action',
      action: expect.stringMatching(/^I regularly check in .+ care about their lives\.$/),
    });
    // And the scenarios made of it are the same.
    expect(assembleScenarios(rows).counts).toEqual({ ...assembleScenarios(before).counts, recovered: 0 });
  });
});

/** What was saved from a cut text is whole when it is written again; an explanation of nothing is none. */
function contentOf(read: ReturnType<typeof readGenerated>) {
  if (read.kind !== 'action') return read;
  const { action, attributions, explanation } = read;
  return { action, attributions, explanation: explanation ?? '' };
}
