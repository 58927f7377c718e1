/** The documents that the editor has open, and reading them without keeping others waiting. */
import type { CancellationToken, Connection } from 'vscode-languageserver/node';
import { OpenDocument, type ReadableFile } from '../language/documents';
import { runInSlices } from '../language/slices';

export class OpenDocuments {
  private readonly documents = new Map<string, OpenDocument>();
  private readonly readings = new WeakMap<ReadableFile, Promise<boolean>>();
  private readonly changed: ((document: OpenDocument, isOpening: boolean) => void)[] = [];
  private readonly closed: ((uri: string) => void)[] = [];

  listen(connection: Connection): void {
    connection.onDidOpenTextDocument(({ textDocument: { uri, version, text } }) => {
      const document = new OpenDocument(uri, version, text);
      this.documents.set(uri, document);
      for (const tell of this.changed) tell(document, true);
    });
    connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
      const document = this.documents.get(uri);
      if (!document) return;
      document.change(contentChanges, version);
      for (const tell of this.changed) tell(document, false);
    });
    connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
      this.documents.delete(uri);
      for (const tell of this.closed) tell(uri);
    });
  }

  onChange(tell: (document: OpenDocument, isOpening: boolean) => void): void {
    this.changed.push(tell);
  }

  onClose(tell: (uri: string) => void): void {
    this.closed.push(tell);
  }

  find(uri: string): OpenDocument | undefined {
    return this.documents.get(uri);
  }

  list(): OpenDocument[] {
    return [...this.documents.values()];
  }

  /** Whether the document is open and its text is still this one. */
  isCurrent(document: OpenDocument, file: ReadableFile): boolean {
    return this.documents.get(document.uri) === document && document.file === file;
  }

  /**
   * Reads all of the text as it is now, in slices. Where the text changes meanwhile the work is dropped.
   *
   * @returns undefined where the text changed or the document was closed
   */
  async readCurrent(document: OpenDocument): Promise<ReadableFile | undefined> {
    const { file } = document;
    let reading = this.readings.get(file);
    if (!reading) {
      reading = runInSlices(file.read(), () => this.isCurrent(document, file));
      this.readings.set(file, reading);
    }
    return (await reading) && this.isCurrent(document, file) ? file : undefined;
  }

  /** The same, starting again with each change; undefined where there is no such document any more. */
  async readLatest(uri: string): Promise<{ document: OpenDocument; file: ReadableFile } | undefined> {
    for (let document = this.find(uri); document; document = this.find(uri)) {
      const file = await this.readCurrent(document);
      if (file) return { document, file };
    }
    return undefined;
  }

  /**
   * Long work on the text as it is now, in slices, starting again with each change.
   *
   * @param begin gives the steps, and what came out once they are done
   * @returns undefined where the document was closed, or nobody waits for the answer any more
   */
  async workOnLatest<T>(
    uri: string,
    token: CancellationToken,
    begin: (document: OpenDocument, file: ReadableFile) => { readonly steps: Iterator<void>; finish(): T },
  ): Promise<T | undefined> {
    for (let document = this.find(uri); document; document = this.find(uri)) {
      const { file } = document;
      const current = document;
      const { steps, finish } = begin(document, file);
      const isDone = await runInSlices(steps, () => this.isCurrent(current, file) && !token.isCancellationRequested);
      if (isDone) return finish();
      if (token.isCancellationRequested) return undefined;
    }
    return undefined;
  }
}
