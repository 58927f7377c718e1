/** Tells the problems of open documents once typing pauses: pushed, or to clients that ask for them. */
import {
  type CancellationToken,
  type Diagnostic,
  DiagnosticSeverity,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver/node';
import type { Problem, ProblemSeverity } from '../core/scenario/model';
import { capProblems } from '../language/diagnostics';
import type { OpenDocument } from '../language/documents';
import type { OpenDocuments } from './openDocuments';

/** Shown beside each problem, and what the editor filters by. */
const SOURCE = 'value-action-lens';

const SEVERITIES: Readonly<Record<ProblemSeverity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  hint: DiagnosticSeverity.Hint,
};

/** Milliseconds after a change that comes alone. */
const PAUSE = 10;
/** Milliseconds after a change that comes before the last one was answered. */
const PAUSE_IN_BURST = 40;
/** The most that slow reading adds. */
const LONGEST_PAUSE = 200;

export class DiagnosticsService {
  private readonly waiting = new Map<string, NodeJS.Timeout>();
  /** Versions whose problems are being looked for. */
  private readonly working = new Map<string, number>();
  /** Milliseconds that the last answer took. */
  private readonly costs = new Map<string, number>();

  constructor(
    private readonly documents: OpenDocuments,
    private readonly send: (params: PublishDiagnosticsParams) => void,
  ) {}

  /** Whether the client asks by itself, so that nothing is pushed. */
  isPulled = false;

  start(): void {
    this.documents.onChange(({ uri }, isOpening) => {
      if (!this.isPulled) this.publishSoon(uri, isOpening ? 0 : this.pauseFor(uri));
    });
    this.documents.onClose((uri) => this.clear(uri));
  }

  /**
   * For a client that asks; waits for a pause in typing as pushing does. Empty for a document that is not open, and
   * where nobody waits for the answer any more.
   */
  async pull(uri: string, token: CancellationToken): Promise<Diagnostic[]> {
    for (let document = this.documents.find(uri); document; document = this.documents.find(uri)) {
      const { version } = document;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
      if (token.isCancellationRequested) return [];
      if (document.version !== version) continue;
      const file = await this.documents.readCurrent(document);
      if (file) return toDiagnostics(file.problems, document);
    }
    return [];
  }

  dispose(): void {
    for (const timer of this.waiting.values()) clearTimeout(timer);
    this.waiting.clear();
  }

  private pauseFor(uri: string): number {
    const isBurst = this.waiting.has(uri) || this.working.has(uri);
    const slow = Math.min((this.costs.get(uri) ?? 0) / 2, LONGEST_PAUSE);
    return Math.max(isBurst ? PAUSE_IN_BURST : PAUSE, isBurst ? slow : 0);
  }

  private publishSoon(uri: string, pause: number): void {
    clearTimeout(this.waiting.get(uri));
    const timer = setTimeout(() => {
      this.waiting.delete(uri);
      void this.publish(uri);
    }, pause);
    this.waiting.set(uri, timer);
  }

  /** A change meanwhile ends this; what follows the change is published then. */
  private async publish(uri: string): Promise<void> {
    const document = this.documents.find(uri);
    if (!document) return;
    const { version } = document;
    const start = performance.now();
    this.working.set(uri, version);
    const file = await this.documents.readCurrent(document);
    if (this.working.get(uri) === version) this.working.delete(uri);
    if (!file) return;
    const diagnostics = toDiagnostics(file.problems, document);
    this.costs.set(uri, performance.now() - start);
    this.send({ uri, version, diagnostics });
  }

  /** A closed document has no problems to show. */
  private clear(uri: string): void {
    clearTimeout(this.waiting.get(uri));
    this.waiting.delete(uri);
    this.working.delete(uri);
    this.costs.delete(uri);
    if (!this.isPulled) this.send({ uri, diagnostics: [] });
  }
}

/** In the order given, up to a limit. */
export function toDiagnostics(problems: readonly Problem[], { buffer }: OpenDocument): Diagnostic[] {
  return capProblems(problems).map(({ code, message, range, severity }) => ({
    source: SOURCE,
    code,
    message,
    severity: SEVERITIES[severity],
    range: buffer.rangeAt(range),
  }));
}
