/** Holds the loaded model and answers requests, one at a time. */
import { writeAnswer } from './constrainedAnswer';
import type { ChatWrapper, LlamaContext, LlamaModel, LlamaRuntime, LlamaSequence, Token } from './llama';
import type { CompleteMessage } from './messages';
import { createRandom, hashText } from './sampling';

const SMALLEST_CONTEXT = 2048;
/** Room for one free text beside the keys. */
const ROOM_FOR_TEXT = 128;

export class PromptTooLongError extends Error {}
export class CanceledError extends Error {}

export interface Answer {
  readonly text: string;
  readonly usage: { readonly input: number; readonly output: number };
}

export class AnsweringModel {
  private context: LlamaContext | undefined;
  private sequence: LlamaSequence | undefined;

  private constructor(
    private readonly model: LlamaModel,
    private readonly wrapper: ChatWrapper,
    private readonly threads: number,
  ) {}

  static async load(runtime: LlamaRuntime, weights: string, threads: number): Promise<AnsweringModel> {
    // The runtime's own choice of threads is at times a hundred times slower on small machines.
    const llama = await runtime.getLlama({
      gpu: false,
      build: 'never',
      logLevel: runtime.LlamaLogLevel.error,
      maxThreads: threads,
    });
    const model = await llama.loadModel({ modelPath: weights });
    return new AnsweringModel(model, runtime.resolveChatWrapper(model), threads);
  }

  /**
   * @throws {PromptTooLongError}
   * @throws {CanceledError}
   */
  async answer(request: CompleteMessage, isCanceled: () => boolean): Promise<Answer> {
    const checkCanceled = () => {
      if (isCanceled()) throw new CanceledError('The request was given up.');
    };
    const { messages, answer, temperature, maxTokens } = request;
    const prompt = this.tokenizePrompt(messages);
    const keys = this.model.tokenize(
      JSON.stringify(answer.map(({ key, options }) => [key, options?.[0]])),
      false,
      'trimLeadingSpace',
    );
    const room = keys.length + answer.filter(({ options }) => !options).length * ROOM_FOR_TEXT;
    const sequence = await this.provideSequence(prompt.length + room);
    checkCanceled();
    // What comes before the user's message is read by itself and kept for the next request. Anything longer is not
    // kept: where reading begins changes rounding, and the same request must get the same answer in every run.
    const start = prompt.slice(0, this.countSharedTokens(messages, prompt));
    await sequence.adaptStateToTokens(start, false);
    const missing = start.slice(sequence.contextTokens.length);
    if (missing.length > 0) {
      await sequence.adaptStateToTokens([], false);
      await sequence.evaluateWithoutGeneratingNewTokens(start);
    }
    const seed = hashText(JSON.stringify(messages));
    const written = await writeAnswer(this.model, sequence, prompt.slice(start.length), answer, {
      temperature,
      seed,
      random: createRandom(seed),
      checkCanceled,
      maxTokens,
    });
    return { text: written.text, usage: { input: prompt.length, output: written.tokens } };
  }

  private tokenizePrompt(messages: CompleteMessage['messages']): Token[] {
    const history = messages.map(({ role, content }) => ({ type: role, text: content }));
    const chatHistory = [...history, { type: 'model' as const, response: [''] }];
    return this.wrapper.generateContextState({ chatHistory }).contextText.tokenize(this.model.tokenizer);
  }

  /** How many tokens stand before the user's own words. */
  private countSharedTokens(messages: CompleteMessage['messages'], prompt: readonly Token[]): number {
    const other = this.tokenizePrompt(
      messages.map((message) => (message.role === 'user' ? { ...message, content: '…' } : message)),
    );
    let shared = 0;
    while (shared < prompt.length - 1 && prompt[shared] === other[shared]) shared++;
    return shared;
  }

  /** A context as large as is needed, grown by doubling; what was read before is lost when it grows. */
  private async provideSequence(tokens: number): Promise<LlamaSequence> {
    const { trainContextSize } = this.model;
    if (tokens > trainContextSize) {
      throw new PromptTooLongError(
        `The prompt and its answer need ${tokens} tokens, and the model takes ${trainContextSize}.`,
      );
    }
    if (this.sequence && this.context && this.context.contextSize >= tokens) return this.sequence;
    await this.context?.dispose();
    let contextSize = SMALLEST_CONTEXT;
    while (contextSize < tokens) contextSize *= 2;
    this.context = await this.model.createContext({
      contextSize: Math.min(contextSize, trainContextSize),
      threads: this.threads,
      sequences: 1,
    });
    this.sequence = this.context.getSequence();
    return this.sequence;
  }
}
