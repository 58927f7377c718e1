/** The language server's process: the connection and nothing else. Speaks over --stdio or --node-ipc. */
import { createConnection, ProposedFeatures, TextDocumentSyncKind, TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { computeDiagnostics } from '../language/diagnostics';
import { DiagnosticsPublisher } from './diagnosticsPublisher';

const connection = createConnection(ProposedFeatures.all);
const documents = new TextDocuments(TextDocument);
const publisher = new DiagnosticsPublisher(
  (uri) => documents.get(uri),
  (params) => connection.sendDiagnostics(params),
  computeDiagnostics,
);

connection.onInitialize(() => ({
  capabilities: { textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental } },
  serverInfo: { name: 'value-action-lens' },
}));
documents.onDidOpen(({ document }) => publisher.publishNow(document.uri));
documents.onDidChangeContent(({ document }) => publisher.publishSoon(document.uri));
documents.onDidClose(({ document }) => publisher.clear(document.uri));
connection.onShutdown(() => publisher.dispose());

documents.listen(connection);
connection.listen();
