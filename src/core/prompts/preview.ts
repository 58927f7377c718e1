/** Everything that will be sent about one item, prompt by prompt, before anything is sent. */
import type { ItemSnapshot, ScenarioSnapshot } from '../runs/record';
import type { AnswerFormat, ChatMessage } from './messages';
import { renderTask1, task1AnswerFormat } from './task1';
import { renderTask2, task2AnswerFormat } from './task2';
import { ALL_VARIANTS, task1Variant, task2Variant } from './variants';

export interface PreviewedPrompt {
  readonly task: 'state' | 'act';
  readonly variant: number;
  /** "survey, values first, chat". */
  readonly title: string;
  readonly messages: readonly ChatMessage[];
  readonly answerFormat: AnswerFormat;
}

/** The 8 prompts of Task 1, and the 8 of Task 2 where the item has both of its actions. */
export function previewPrompts(scenario: ScenarioSnapshot, item?: ItemSnapshot): PreviewedPrompt[] {
  const state = ALL_VARIANTS.map((variant): PreviewedPrompt => {
    const { wording, order, requirement } = task1Variant(variant);
    return {
      task: 'state',
      variant,
      title: [wording, order.replace('-', ' '), requirement].join(', '),
      messages: renderTask1(scenario, variant),
      answerFormat: task1AnswerFormat(scenario),
    };
  });
  if (item?.agree === undefined || item.disagree === undefined) return state;
  const act = ALL_VARIANTS.map((variant): PreviewedPrompt => {
    const { wording, order, requirement } = task2Variant(variant);
    return {
      task: 'act',
      variant,
      title: [wording === 0 ? 'first wording' : 'second wording', order.replace('-', ' '), requirement].join(', '),
      messages: renderTask2(scenario, item, variant),
      answerFormat: task2AnswerFormat(variant),
    };
  });
  return [...state, ...act];
}
