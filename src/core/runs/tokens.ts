/** About how many tokens a request takes, before anybody has counted them. */
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { Prompt } from './exchange';
import type { Usage } from './record';

/** Common tokenizers take about four bytes of text for a token, in any script. */
const BYTES_PER_TOKEN = 4;
/** Role and separators. */
const PER_MESSAGE = 4;
/** A key of JSON, its quotes and its one-digit answer. */
const PER_VALUE = 6;
const PER_CHOICE = 12;
/** One or two sentences. */
const PER_EXPLANATION = 50;
/** A sentence of at most 50 words, some of its parts, and an explanation. */
const PER_GENERATED = 150;

export function estimateTokens({ messages, answerFormat }: Prompt): Usage {
  const input = messages.reduce((sum, { content }) => sum + countTokens(content) + PER_MESSAGE, 0);
  return { input, output: estimateAnswer(answerFormat) };
}

function estimateAnswer({ name, schema }: Prompt['answerFormat']): number {
  if (name === 'generated') return PER_GENERATED;
  if (name === 'stated') return schema.required.reduce((sum, value) => sum + countTokens(value) + PER_VALUE, 0);
  return schema.required.length > 1 ? PER_CHOICE + PER_EXPLANATION : PER_CHOICE;
}

function countTokens(text: string): number {
  return Math.ceil(utf8ToBytes(text).length / BYTES_PER_TOKEN);
}
