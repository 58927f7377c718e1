/** Rating actions, looking at what reviewers found, and coding the risks of gaps. */
import type { ReviewDesk } from '../review/reviewDesk';
import type { ReviewPanel } from '../review/reviewPanel';
import { StoredRun } from '../runs/storedRun';
import type { CommandTable } from './commandTable';
import { readRunRow } from './runFileCommands';

export interface ReviewCommandParts {
  readonly reviewDesk: ReviewDesk;
  readonly reviewPanel: ReviewPanel;
}

export function reviewCommands({ reviewDesk, reviewPanel }: ReviewCommandParts): CommandTable {
  return {
    reviewActions: (argument) => reviewDesk.review(argument, reviewPanel),
    showAgreement: (argument) => reviewDesk.showAgreement(argument, reviewPanel),
    codeRisks: (argument) => {
      const run = readRunRow(argument);
      return reviewDesk.codeRisks(run instanceof StoredRun ? run : undefined, reviewPanel);
    },
  };
}
