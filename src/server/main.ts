/** The language server's process: the connection and nothing else. Speaks over --stdio or --node-ipc. */
import { createConnection, ProposedFeatures, TextDocumentSyncKind } from 'vscode-languageserver/node';
import { DiagnosticsService } from './diagnosticsService';
import { OpenDocuments } from './openDocuments';

const connection = createConnection(ProposedFeatures.all);
const documents = new OpenDocuments();
const diagnostics = new DiagnosticsService(documents, (params) => void connection.sendDiagnostics(params));

connection.onInitialize(({ capabilities }) => {
  diagnostics.isPulled = capabilities.textDocument?.diagnostic !== undefined;
  return {
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      ...(diagnostics.isPulled && {
        diagnosticProvider: { interFileDependencies: false, workspaceDiagnostics: false },
      }),
    },
    serverInfo: { name: 'value-action-lens' },
  };
});
connection.languages.diagnostics.on(async ({ textDocument }) => ({
  kind: 'full',
  items: await diagnostics.pull(textDocument.uri),
}));
diagnostics.start();
connection.onShutdown(() => diagnostics.dispose());

documents.listen(connection);
connection.listen();
