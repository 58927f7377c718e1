import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { formatRunLine } from '../../src/core/runs/runFile';
import { makeStudyRun } from '../webview/sampleStudy';
import { CommandLine } from './commandLine';

const cli = new CommandLine();

function writeRun(): string {
  const run = makeStudyRun({
    model: 'lab/model',
    countries: ['Nigeria', 'Egypt'],
    topics: ['Politics'],
    values: ['Freedom', 'Wealth', 'Loyal'],
  });
  const path = join(cli.folder, 'run.jsonl');
  writeFileSync(path, [run.header, ...run.observations].map(formatRunLine).join(''));
  return path;
}

it('writes page, Markdown and pictures, into folders that are not there yet', async () => {
  const html = join(cli.folder, 'out/report.html');
  const args = ['report', writeRun(), '--html', html, '--markdown', 'out/report.md', '--svg', 'out/charts'];
  const { code, stdout, stderr } = await cli.call(args);
  expect([code, stdout]).toEqual([0, '']);
  expect(stderr).toContain(`The report is in ${html}`);
  expect(readFileSync(html, 'utf8')).toMatch(/^<!doctype html>/);
  expect(readFileSync(join(cli.folder, 'out/report.md'), 'utf8')).toMatch(/^# Value-Action Lens report/);
  expect(readdirSync(join(cli.folder, 'out/charts')).sort()).toEqual([
    'alignment-rate-by-country.svg',
    'alignment-rate-by-scenario.svg',
    'alignment-rate.svg',
    'directions.svg',
    'distance-by-country-1.svg',
    'ranking.svg',
    'stated-acted.svg',
  ]);
});

it('writes every kind at once, and prints one JSON object', async () => {
  const args = ['report', writeRun(), '--html', 'r.html', '--csv', 'csv', '--json'];
  const { code, stdout } = await cli.call(args);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).schema).toBe('value-action-lens/report@1');
  expect(existsSync(join(cli.folder, 'r.html'))).toBe(true);
  expect(existsSync(join(cli.folder, 'csv/summary.csv'))).toBe(true);
});

it('says where nothing can be written', async () => {
  const run = writeRun();
  const { code, stderr } = await cli.call(['report', run, '--html', join(run, 'r.html')]);
  expect([code, stderr]).toEqual([2, expect.stringMatching(/r\.html cannot be written: .*Choose another file/)]);
});
