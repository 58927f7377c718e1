/** What is used of the language client, so that it can be loaded late: an `import()` of a CommonJS module has no names. */
export { LanguageClient, TransportKind } from 'vscode-languageclient/node';
