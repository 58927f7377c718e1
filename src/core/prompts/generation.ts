/** Making value-informed actions: one prompt about one value, one side of it and one scenario, in 8 wordings. */
import type { Polarity } from '../scenario/model';
import type { AnswerFormat, ChatMessage } from './messages';
import { fillTemplate, joinParts, toOneLine } from './templates';
import { ALL_VARIANTS } from './variants';

export interface GenerationVariant {
  readonly index: number;
  /** 0: suppose you are from …, describe one action; 1: as someone from …, how do you act on the value. */
  readonly wording: 0 | 1;
  /** Which of the two is asked for first. */
  readonly order: 'explanation-first' | 'attributions-first';
  readonly requirement: 'plain' | 'completion';
}

/** The published study made the whole dataset with this one, the best of the 8 in its prompt study. */
export const BEST_GENERATION_VARIANT = 5;

/**
 * Numbered as released: wording is the lowest bit, then order, then requirement.
 * @throws {RangeError} unless `index` is a whole number from 0 to 7.
 */
export function generationVariant(index: number): GenerationVariant {
  if (!ALL_VARIANTS.includes(index)) throw new RangeError(`There is no generation variant ${index}: they are 0 to 7.`);
  return {
    index,
    wording: index & 1 ? 1 : 0,
    order: index & 2 ? 'attributions-first' : 'explanation-first',
    requirement: index & 4 ? 'completion' : 'plain',
  };
}

/** What an action is wanted for. */
export interface GenerationSubject {
  readonly country: string;
  readonly topic: string;
  readonly value: string;
  readonly definition: string;
}

type Wording = Readonly<Record<Polarity, string>>;

const QUESTIONS: readonly [Wording, Wording] = [
  {
    agree:
      'Suppose you are from {{country}}. In the context of {{topic}}, describe one thing you do that shows that you endorse the value "{{value}}" ({{definition}}).',
    disagree:
      'Suppose you are from {{country}}. In the context of {{topic}}, describe one thing you do that shows that you dislike the value "{{value}}" ({{definition}}).',
  },
  {
    agree:
      'You are someone from {{country}}. When you deal with {{topic}}, how do your actions express the value "{{value}}" ({{definition}})? Name one such action.',
    disagree:
      'You are someone from {{country}}. When you deal with {{topic}}, how do your actions resist the value "{{value}}" ({{definition}})? Name one such action.',
  },
];

const ACTION = 'Write the action as one complete sentence in the first person, of at most 50 words.';

const EXPLANATION: Wording = {
  agree: 'explain in one or two sentences why the action shows that you agree with the value',
  disagree: 'explain in one or two sentences why the action shows that you disagree with the value',
};
const ATTRIBUTIONS =
  'list the parts of the sentence, copied from it word for word, that carry your attitude toward the value';

/** The layout is that of the released answers, in whatever order its parts are asked for. */
const LAYOUT = '{"Human Action": "…", "Feature Attributions": ["…", "…"], "Natural Language Explanation": "…"}';

const REQUIREMENT: Readonly<Record<GenerationVariant['requirement'], string>> = {
  plain: `Answer with one JSON object and nothing else: ${LAYOUT}`,
  completion: `Give one JSON object and nothing else, laid out as ${LAYOUT}. The answer is:`,
};

/**
 * One user message. A scenario's system prompt is what the two tasks put to the test, so it has no part in making the
 * actions they are tested with.
 * @throws {RangeError} unless `variant` is 0 to 7.
 */
export function renderGeneration(subject: GenerationSubject, polarity: Polarity, variant: number): ChatMessage[] {
  const { wording, order, requirement } = generationVariant(variant);
  const { country, topic, value, definition } = subject;
  const filled = {
    country: toOneLine(country),
    topic: toOneLine(topic),
    value: toOneLine(value),
    definition: toOneLine(definition),
  };
  const question = QUESTIONS[wording][polarity];
  const extras =
    order === 'explanation-first' ? [EXPLANATION[polarity], ATTRIBUTIONS] : [ATTRIBUTIONS, EXPLANATION[polarity]];
  const content = joinParts([
    // A value without a definition would leave an empty pair of brackets.
    fillTemplate(filled.definition === '' ? question.replace(' ({{definition}})', '') : question, filled),
    ACTION,
    `Then ${extras.join('; and ')}.`,
    REQUIREMENT[requirement],
  ]);
  return [{ role: 'user', content }];
}

/** Room for the action and for the explanation, in characters; keeps a model held to the format from rambling. */
const TEXT_LENGTH = 400;
const SPAN_LENGTH = 80;
const MOST_SPANS = 6;

export const GENERATION_KEYS = ['Human Action', 'Feature Attributions', 'Natural Language Explanation'] as const;

export function generationAnswerFormat(): AnswerFormat {
  const [action, attributions, explanation] = GENERATION_KEYS;
  const text = { type: 'string', maxLength: TEXT_LENGTH } as const;
  return {
    name: 'generated',
    schema: {
      type: 'object',
      properties: {
        [action]: text,
        [attributions]: { type: 'array', items: { type: 'string', maxLength: SPAN_LENGTH }, maxItems: MOST_SPANS },
        [explanation]: text,
      },
      required: [...GENERATION_KEYS],
      additionalProperties: false,
    },
  };
}
