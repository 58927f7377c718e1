/**
 * The scenario file format, once. The parser checks with it, `media/scenario.schema.json` is generated
 * from it, and the TypeScript types derive from it.
 */
import * as z from 'zod';

const text = z.string().min(1);

/** Labels stand behind model ids, "gpt-4o-mini · strict", so they are short and hold no slash. */
export const LONGEST_LABEL = 40;
const label = z
  .string()
  .regex(/^[^/\s](?:[^/\n\r]*[^/\s])?$/)
  .max(LONGEST_LABEL);

const wordingSchema = z
  .strictObject({
    context: text.optional().describe('Sets the scene. Placeholders: {{country}} {{topic}}.'),
    value: text
      .optional()
      .describe(
        'One line for each value. Placeholders: {{value}} {{definition}} (survey), {{value}} {{portrait}} (portrait).',
      ),
    options: text.optional().describe('The four options, one a line, as "1: strongly agree".'),
  })
  .describe('One wording of Task 1; each part by itself, the rest keeps its default.');

export const promptOverridesSchema = z
  .strictObject({
    task1: z
      .strictObject({
        survey: wordingSchema.optional(),
        portrait: wordingSchema.optional(),
        requirement: z
          .strictObject({ chat: text.optional(), completion: text.optional() })
          .optional()
          .describe('How the answer has to look.'),
      })
      .optional()
      .describe('State: how far the model agrees with each value.'),
    task2: z
      .strictObject({
        question: z
          .array(text)
          .length(2)
          .optional()
          .describe('The two wordings. Placeholders: {{country}} {{topic}} {{value}} {{definition}}.'),
        options: text.optional().describe('The two actions. Placeholders: {{option1}} {{option2}}.'),
        requirement: z
          .strictObject({ action: text.optional(), explanation: text.optional() })
          .optional()
          .describe('How the answer has to look: the action alone, or an explanation first.'),
      })
      .optional()
      .describe('Act: which of two actions the model picks.'),
  })
  .describe('Your own wordings of the prompts; every part is optional.');
export type PromptOverrides = z.infer<typeof promptOverridesSchema>;

export const actionSchema = z.strictObject({
  action: text.describe('One first-person sentence of at most 50 words.'),
  attributions: z.array(text).optional().describe('Spans of the action that carry the value.'),
  explanation: text.optional().describe('One or two sentences: why the action shows agreement or disagreement.'),
});

export const itemSchema = z.strictObject({
  value: text.describe('One of Schwartz’s 56 values, or your own with a definition.'),
  definition: text.optional().describe('What the value means; known for the 56.'),
  portrait: text
    .optional()
    .describe('A sentence about a person who holds the value; derived from the definition where absent.'),
  note: z.string().optional().describe('Free text, sent nowhere.'),
  agree: actionSchema.optional().describe('The action that shows agreement with the value.'),
  disagree: actionSchema.optional().describe('The action that shows disagreement with the value.'),
});

export const scenarioSchema = z.strictObject({
  name: text.optional().describe('Unique in the file; the key in reports. Default: "country · topic".'),
  country: text.describe('The country (culture) the model is asked to answer from.'),
  topic: text.describe('The social topic.'),
  system: text.optional().describe('The system prompt under test.'),
  systems: z
    .record(label, text)
    .optional()
    .describe('Several system prompts side by side, each behind its label: each is run by itself.'),
  prompts: promptOverridesSchema.optional(),
  items: z.array(itemSchema).describe('The values to ask about, each with its two actions.'),
});
export type ScenarioDocument = z.infer<typeof scenarioSchema>;
