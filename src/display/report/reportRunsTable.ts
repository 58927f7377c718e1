/** The runs behind a report: what was asked, of whom, and how. */
import { formatInstant } from '../numbers';
import type { Column, ReportTable } from '../reportTables';
import type { MeasuredRuns } from './measuredRuns';
import { describeParameters, describeVariants } from './reportSentences';

const text = (name: string): Column => ({ name, kind: 'text' });
const count = (name: string): Column => ({ name, kind: 'count' });

export function tabulateRuns({ runs }: MeasuredRuns): ReportTable {
  return {
    name: 'runs',
    title: 'What was asked, of whom, and how',
    columns: [
      ...['model', 'run', 'started', 'parameters', 'task 1 variants', 'task 2 variants'].map(text),
      ...['repeats', 'scenarios', 'items', 'requests without an answer'].map(count),
      text('notes'),
    ],
    rows: runs.map((run) => {
      const { name, header, findings, failures } = run;
      return [
        name,
        header.id,
        formatInstant(header.startedAt),
        describeParameters(run),
        describeVariants(header.variants.task1),
        describeVariants(header.variants.task2),
        header.repeats,
        header.scenarios.length,
        findings.length,
        failures,
        header.model.notes.join(' '),
      ];
    }),
  };
}
