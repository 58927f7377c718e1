/** The language server's process: the connection and nothing else. Speaks over --stdio or --node-ipc. */
import { createConnection, ProposedFeatures, TextDocumentSyncKind } from 'vscode-languageserver/node';
import { type Client, readClient } from './client';
import { DiagnosticsService } from './diagnosticsService';
import { FEATURE_CAPABILITIES, serveFeatures } from './features';
import { OpenDocuments } from './openDocuments';
import { WorkspaceFiles } from './workspaceFiles';

const connection = createConnection(ProposedFeatures.all);
const documents = new OpenDocuments();
const workspace = new WorkspaceFiles(documents);
const diagnostics = new DiagnosticsService(documents, (params) => void connection.sendDiagnostics(params));
let client: Client = { capabilities: {} };

connection.onInitialize((params) => {
  const { capabilities, workspaceFolders, rootUri } = params;
  client = readClient(params);
  workspace.folders = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
  diagnostics.isPulled = capabilities.textDocument?.diagnostic !== undefined;
  return {
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      ...FEATURE_CAPABILITIES,
      ...(diagnostics.isPulled && {
        diagnosticProvider: { interFileDependencies: false, workspaceDiagnostics: false },
      }),
    },
    serverInfo: { name: 'value-action-lens' },
  };
});
connection.languages.diagnostics.on(async ({ textDocument }, token) => ({
  kind: 'full',
  items: await diagnostics.pull(textDocument.uri, token),
}));
connection.onShutdown(() => diagnostics.dispose());

diagnostics.start();
serveFeatures(connection, documents, workspace, () => client);
documents.listen(connection);
connection.listen();
