/** The prompts of an item as one text to read. */
import type { PreviewedPrompt } from '../core/prompts/preview';
import { estimateTokens } from '../core/runs/tokens';

/** One way the prompts are sent: the models that share it, and what each of them gets. */
export interface PreviewedWay {
  /** Model ids; none: nobody is ticked. */
  readonly models: readonly string[];
  /** What differs from plain chat messages, e.g. that the system prompt stands before the user message. */
  readonly notes: readonly string[];
  readonly prompts: readonly PreviewedPrompt[];
  /** The parts of a prompt as they are sent: a heading each (role), and the text. */
  readonly parts: (prompt: PreviewedPrompt) => readonly { readonly role: string; readonly text: string }[];
}

export interface PromptPreview {
  /** "United States · Health and Health Care, Wealth". */
  readonly title: string;
  readonly ways: readonly PreviewedWay[];
  /** Why prompts are missing, e.g. that an action is. */
  readonly remark?: string;
}

/** Markdown by its headings, so that it folds and has an outline; the texts themselves stand exactly as sent. */
export function formatPromptPreview({ title, ways, remark }: PromptPreview): string {
  const blocks = [`# ${title}`];
  if (remark) blocks.push(remark);
  for (const way of ways) {
    const { prompts } = way;
    const sent = prompts.map((prompt) => ({ prompt, parts: way.parts(prompt), tokens: estimateTokens(prompt).input }));
    const total = sent.reduce((sum, { tokens }) => sum + tokens, 0);
    blocks.push(`## ${way.models.length === 0 ? 'Any model (none is ticked)' : way.models.join(', ')}`);
    blocks.push([`${prompts.length} prompts, about ${total.toLocaleString('en')} tokens.`, ...way.notes].join(' '));
    for (const { prompt, parts, tokens } of sent) {
      const task = prompt.task === 'state' ? 'Task 1, state' : 'Task 2, act';
      blocks.push(`### ${task} · variant ${prompt.variant}: ${prompt.title} (about ${tokens} tokens)`);
      for (const { role, text } of parts) blocks.push(`[${role}]\n${text}`);
    }
  }
  return `${blocks.join('\n\n')}\n`;
}
