/**
 * A module with the parts of node-llama-cpp that are used: one character is one token, and the "model" likes the option
 * that the prompt names (`#likes:2`). The real one is tried by the end-to-end test.
 */
export const FAKE_RUNTIME = `
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const encode = (text) => [...text].map((character) => character.codePointAt(0));
const decode = (tokens) => tokens.map((token) => String.fromCodePoint(token)).join('');

class Sequence {
  contextTokens = [];
  async adaptStateToTokens(tokens) {
    let same = 0;
    while (same < tokens.length && tokens[same] === this.contextTokens[same]) same++;
    this.contextTokens = this.contextTokens.slice(0, same);
  }
  async evaluateWithoutGeneratingNewTokens(tokens) {
    if (decode(tokens).includes('#crash')) process.exit(7);
    this.contextTokens = [...this.contextTokens, ...tokens];
  }
  async *evaluate(tokens) {
    await this.evaluateWithoutGeneratingNewTokens(tokens);
    const prompt = decode(this.contextTokens);
    if (prompt.includes('#slow')) await new Promise((resolve) => setTimeout(resolve, 300));
    const said = prompt.includes('#pid') ? String(process.pid) : 'Because it is so.';
    for (const token of encode(said + '" and more')) {
      yield token;
      this.contextTokens = [...this.contextTokens, token];
    }
  }
  async controlledEvaluate([[token, { generateNext }]]) {
    await this.evaluateWithoutGeneratingNewTokens([token]);
    const liked = /#likes:(.)/.exec(decode(this.contextTokens))?.[1];
    const wanted = generateNext.logits.filter.tokens;
    return [{ next: { logits: new Map(wanted.map((t) => [t, decode([t]) === liked ? 5 : 0])) } }];
  }
}

const model = {
  tokenizer: null,
  trainContextSize: 4000,
  tokenize: encode,
  detokenize: decode,
  async createContext({ contextSize }) {
    return { contextSize, getSequence: () => new Sequence(), dispose: async () => {} };
  },
};
export const LlamaLogLevel = { error: 'error' };
export const resolveChatWrapper = () => ({
  generateContextState: ({ chatHistory }) => ({
    contextText: { tokenize: () => encode(chatHistory.map((item) => item.type + '>' + (item.text ?? '')).join('|')) },
  }),
});
export const getLlama = async () => ({
  async loadModel({ modelPath }) {
    if (modelPath.includes('broken')) throw new Error('not a GGUF file');
    return model;
  },
});
export const createModelDownloader = async ({ modelUri, dirPath, fileName, onProgress }) => {
  if (modelUri === 'hf:none') throw new Error('no network');
  if (modelUri === 'hf:hangs') await new Promise((resolve) => setTimeout(resolve, 60_000));
  return {
    async download() {
      onProgress({ downloadedSize: 3, totalSize: 7 });
      writeFileSync(join(dirPath, fileName), 'weights');
    },
  };
};
`;
