/**
 * The few parts of node-llama-cpp that are used here, as types: the package is fetched on demand and is no dependency,
 * so its own types are not there to import.
 */
import { pathToFileURL } from 'node:url';

export type Token = number & { readonly __token: never };

export interface LlamaSequence {
  readonly contextTokens: readonly Token[];
  adaptStateToTokens(tokens: readonly Token[], allowShift: boolean): Promise<void>;
  evaluateWithoutGeneratingNewTokens(tokens: readonly Token[]): Promise<void>;
  evaluate(
    tokens: readonly Token[],
    options: { temperature: number; seed: number; topK: number; topP: number },
  ): AsyncGenerator<Token, void>;
  controlledEvaluate(
    input: readonly (Token | [Token, { generateNext: { logits: { filter: { tokens: readonly Token[] } } } }])[],
  ): Promise<readonly ({ next: { logits?: ReadonlyMap<Token, number> } } | undefined)[]>;
}

export interface LlamaContext {
  readonly contextSize: number;
  getSequence(): LlamaSequence;
  dispose(): Promise<void>;
}

export interface LlamaModel {
  readonly tokenizer: unknown;
  readonly trainContextSize: number;
  tokenize(text: string, specialTokens: false, options: 'trimLeadingSpace'): Token[];
  detokenize(tokens: readonly Token[]): string;
  createContext(options: { contextSize: number; threads: number; sequences: number }): Promise<LlamaContext>;
}

type ChatItem = { type: 'system' | 'user'; text: string } | { type: 'model'; response: string[] };

export interface ChatWrapper {
  generateContextState(options: { chatHistory: readonly ChatItem[] }): {
    contextText: { tokenize(tokenizer: unknown): Token[] };
  };
}

export interface LlamaRuntime {
  readonly LlamaLogLevel: { readonly error: unknown };
  getLlama(options: {
    gpu: false;
    build: 'never';
    logLevel: unknown;
    maxThreads: number;
  }): Promise<{ loadModel(options: { modelPath: string }): Promise<LlamaModel> }>;
  resolveChatWrapper(model: LlamaModel): ChatWrapper;
  createModelDownloader(options: {
    modelUri: string;
    dirPath: string;
    fileName: string;
    showCliProgress: boolean;
    onProgress(status: { totalSize: number; downloadedSize: number }): void;
  }): Promise<{ download(): Promise<string> }>;
}

/** @param entry The runtime's main module. */
export async function loadRuntime(entry: string): Promise<LlamaRuntime> {
  return (await import(pathToFileURL(entry).href)) as LlamaRuntime;
}
