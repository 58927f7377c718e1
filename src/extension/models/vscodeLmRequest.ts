/** What goes to a VS Code language model, which knows a user role only. */
import type { ChatMessage } from '../../core/prompts/messages';
import type { ModelParameters } from '../../core/runs/record';

/** One text: the system prompt, an empty line, the user message. */
export function joinMessages(messages: readonly ChatMessage[]): string {
  return messages.map((message) => message.content).join('\n\n');
}

/** Named as most providers read them; one that reads none of them ignores them. */
export function toModelOptions(parameters: ModelParameters): Record<string, unknown> {
  return {
    ...(parameters.temperature !== undefined && { temperature: parameters.temperature }),
    ...(parameters.maxTokens !== undefined && { max_tokens: parameters.maxTokens }),
    ...parameters.extra,
  };
}
