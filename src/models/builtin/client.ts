/** The built-in model behind the ModelClient port. */
import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { type ModelClient, ModelError, type ModelReply, type ModelRequest } from '../client';
import type { AnswerPart, FromProcess } from './messages';
import { forkModelProcess, type ModelProcess } from './modelProcess';

export interface BuiltInClientOptions {
  /** `builtin/NAME`. */
  readonly id: string;
  /** The runtime's main module; see `findBuiltIn`. */
  readonly runtime: string;
  /** A GGUF file. */
  readonly weights: string;
  /** `builtin.mjs` of the build. */
  readonly processEntry: string;
  readonly processes?: number;
}

const DEFAULT_TEMPERATURE = 0.2;
const MOST_PROCESSES = 4;
const MOST_CRASHES = 3;

export class BuiltInClient implements ModelClient {
  readonly id: string;
  readonly answersAs: string;
  readonly notes = [
    'The built-in model is a tiny one to try the tool with, not a subject worth conclusions.',
    'Its answers are held to the format, so it cannot refuse.',
  ];
  readonly maxConcurrency: number;
  private readonly idle: ModelProcess[] = [];
  private readonly all = new Set<ModelProcess>();
  private nextId = 1;
  private crashes = 0;
  private disposed = false;

  constructor(private readonly options: BuiltInClientOptions) {
    this.id = options.id;
    this.answersAs = describeWeights(options.id, options.weights);
    // One thread each in as many processes as there are cores: threads of one process wait for each other,
    // and on a busy machine that costs far more than it brings.
    this.maxConcurrency = Math.max(1, Math.min(options.processes ?? availableParallelism(), MOST_PROCESSES));
  }

  async complete(request: ModelRequest, signal: AbortSignal): Promise<ModelReply> {
    if (signal.aborted) throw canceled();
    const model = await this.provideProcess(signal);
    try {
      return await this.ask(model, request, signal);
    } finally {
      if (!model.ended && !this.disposed) this.idle.push(model);
    }
  }

  dispose(): void {
    this.disposed = true;
    for (const model of this.all) model.kill();
    this.all.clear();
    this.idle.length = 0;
  }

  private async provideProcess(signal: AbortSignal): Promise<ModelProcess> {
    if (this.disposed) throw new ModelError('unavailable', 'stop', `${this.id} was closed. Run again.`);
    for (let ready = this.idle.pop(); ready; ready = this.idle.pop()) if (!ready.ended) return ready;
    const { runtime, weights, processEntry } = this.options;
    const model = forkModelProcess(processEntry);
    this.all.add(model);
    void model.gone.then(() => this.all.delete(model));
    const threads = Math.max(1, Math.floor(availableParallelism() / 2 / this.maxConcurrency));
    const loading = converse<void>(model, signal, (message, settle) => {
      if (message.type === 'loaded') settle.resolve();
      if (message.type === 'load-failed') settle.reject(this.explainLoad(message.message));
    });
    model.send({ type: 'load', runtime, weights, threads });
    try {
      await loading;
    } catch (error) {
      model.kill();
      throw error instanceof ProcessGoneError ? this.explainLoad(error.message) : error;
    }
    return model;
  }

  private async ask(model: ModelProcess, request: ModelRequest, signal: AbortSignal): Promise<ModelReply> {
    const id = this.nextId++;
    const { messages, parameters } = request;
    const answering = converse<ModelReply>(model, signal, (message, settle) => {
      if (message.type === 'reply' && message.id === id) settle.resolve({ text: message.text, usage: message.usage });
      if (message.type === 'error' && message.id === id) settle.reject(this.explainAnswer(message));
    });
    model.send({
      type: 'complete',
      id,
      messages: messages.map(({ role, content }) => ({ role, content })),
      answer: listParts(request),
      temperature: parameters.temperature ?? DEFAULT_TEMPERATURE,
      maxTokens: parameters.maxTokens,
    });
    try {
      return await answering;
    } catch (error) {
      model.send({ type: 'cancel', id });
      if (!(error instanceof ProcessGoneError)) throw error;
      // A new process answers the next request, unless this one was not the first to go.
      const kind = ++this.crashes >= MOST_CRASHES ? 'stop' : 'retry';
      throw new ModelError(
        'unavailable',
        kind,
        `The process of ${this.id} ended while it was answering. ${error.message}`,
      );
    }
  }

  private explainLoad(said: string): ModelError {
    const next = 'Check the path of the GGUF file, or fetch the built-in model again';
    return new ModelError(
      'unavailable',
      'stop',
      `${this.id} could not be loaded from ${this.options.weights}. ${next}. ${said}`,
    );
  }

  private explainAnswer({ reason, message }: Extract<FromProcess, { type: 'error' }>): ModelError {
    switch (reason) {
      case 'canceled':
        return canceled();
      case 'too-long':
        return new ModelError(
          'bad-request',
          'fail',
          `${this.id}: ${message} Split the scenario, or choose a larger model.`,
        );
      case 'failed':
        return new ModelError('server-error', 'fail', `${this.id} could not answer: ${message}`);
    }
  }
}

/** A file of the user's own may be replaced by another one of the same name. */
function describeWeights(id: string, path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return JSON.stringify([id, found?.size ?? null, found?.mtimeMs ?? null]);
}

interface Settle<T> {
  resolve(value: T): void;
  reject(error: Error): void;
}

class ProcessGoneError extends Error {}

function canceled(): ModelError {
  return new ModelError('canceled', 'fail', 'The run was canceled.');
}

/** Listens until the conversation is settled, the process is gone, or the signal aborts. */
async function converse<T>(
  model: ModelProcess,
  signal: AbortSignal,
  hear: (message: FromProcess, settle: Settle<T>) => void,
): Promise<T> {
  let leave: () => void = () => undefined;
  try {
    return await new Promise<T>((resolve, reject) => {
      const stopListening = model.listen((message) => hear(message, { resolve, reject }));
      const giveUp = () => reject(canceled());
      signal.addEventListener('abort', giveUp, { once: true });
      if (signal.aborted) giveUp();
      void model.gone.then((how) => reject(new ProcessGoneError(how)));
      leave = () => {
        stopListening();
        signal.removeEventListener('abort', giveUp);
      };
    });
  } finally {
    leave();
  }
}

function listParts({ answerFormat: { schema } }: ModelRequest): AnswerPart[] {
  // In the order of `required`: a value named like a number would move to the front of the properties.
  return schema.required.map((key) => {
    const property = Object.hasOwn(schema.properties, key) ? schema.properties[key] : undefined;
    const text = property?.type === 'array' ? property.items : property;
    const isList = property?.type === 'array' || undefined;
    return { key, options: text?.enum && [...text.enum], maxLength: text?.maxLength, isList };
  });
}
