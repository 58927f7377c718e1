/** What is added to a prompt whose answer could not be read. */
import type { AnswerFormat, ChatMessage } from './messages';

const FORMATS: Readonly<Record<AnswerFormat['name'], (answer: AnswerFormat) => string>> = {
  stated: () => 'the name of every value is a key, and "1", "2", "3" or "4" is what stands behind it',
  acted: ({ schema }) =>
    schema.required.includes('explanation')
      ? '"explanation" holds your reasons, and "action" holds "Option 1" or "Option 2"'
      : '"action" holds "Option 1" or "Option 2"',
  generated: () =>
    '"Human Action" holds one sentence, "Feature Attributions" a list of parts of that sentence, and "Natural Language Explanation" your reasons',
  predicted: ({ schema }) => `"${schema.required[0]}" holds "True" or "False"`,
};

/**
 * The same prompt with a reminder at the end of the last user message. It is no message of its own: many chat templates
 * refuse two user messages in a row, and the model must not see its own answer, which would be a different question.
 */
export function remindOfFormat(messages: readonly ChatMessage[], answerFormat: AnswerFormat): ChatMessage[] {
  const reminder = `Write nothing but one JSON object: ${FORMATS[answerFormat.name](answerFormat)}.`;
  const last = messages.findLastIndex(({ role }) => role === 'user');
  return messages.map((message, at) =>
    at === last ? { ...message, content: `${message.content}\n\n${reminder}` } : message,
  );
}
