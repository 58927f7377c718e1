/** Publishes the problems of open documents, once typing pauses. */
import { type Diagnostic, DiagnosticSeverity, type PublishDiagnosticsParams } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Problem, ProblemSeverity } from '../core/scenario/model';

/** Shown beside each problem, and what the editor filters by. */
const SOURCE = 'value-action-lens';

const SEVERITIES: Readonly<Record<ProblemSeverity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  hint: DiagnosticSeverity.Hint,
};

export class DiagnosticsPublisher {
  private readonly waiting = new Map<string, NodeJS.Timeout>();
  /** The version last published, so that opening and the change event that follows are one publication. */
  private readonly published = new Map<string, number>();

  /** @param delayMs pause in typing, in milliseconds; a newer change cancels the work that waits */
  constructor(
    private readonly find: (uri: string) => TextDocument | undefined,
    private readonly send: (params: PublishDiagnosticsParams) => void,
    private readonly compute: (text: string) => readonly Problem[],
    private readonly delayMs = 120,
  ) {}

  publishSoon(uri: string): void {
    this.cancel(uri);
    if (this.find(uri)?.version === this.published.get(uri)) return;
    this.waiting.set(
      uri,
      setTimeout(() => this.publishNow(uri), this.delayMs),
    );
  }

  publishNow(uri: string): void {
    this.cancel(uri);
    const document = this.find(uri);
    if (!document) return;
    const diagnostics = this.compute(document.getText()).map((problem) => toDiagnostic(problem, document));
    this.published.set(uri, document.version);
    this.send({ uri, version: document.version, diagnostics });
  }

  /** A closed document has no problems to show. */
  clear(uri: string): void {
    this.cancel(uri);
    this.published.delete(uri);
    this.send({ uri, diagnostics: [] });
  }

  dispose(): void {
    for (const uri of [...this.waiting.keys()]) this.cancel(uri);
  }

  private cancel(uri: string): void {
    clearTimeout(this.waiting.get(uri));
    this.waiting.delete(uri);
  }
}

function toDiagnostic({ code, message, range, severity }: Problem, document: TextDocument): Diagnostic {
  return {
    source: SOURCE,
    code,
    message,
    severity: SEVERITIES[severity],
    range: { start: document.positionAt(range.start), end: document.positionAt(range.end) },
  };
}
