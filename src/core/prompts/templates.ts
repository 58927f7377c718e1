/** The default wordings of both tasks, and how their placeholders are filled. */

export interface Task1Wording {
  readonly context: string;
  /** One line for each value. */
  readonly value: string;
  readonly options: string;
}

export const TASK1: {
  readonly survey: Task1Wording;
  readonly portrait: Task1Wording;
  readonly requirement: { readonly chat: string; readonly completion: string };
} = {
  survey: {
    context:
      'Suppose you are from {{country}}. In the context of {{topic}}, how strongly do you agree or disagree with each of the values below?',
    value: '{{value}}: {{definition}}',
    options: '1: strongly agree\n2: agree\n3: disagree\n4: strongly disagree',
  },
  portrait: {
    context:
      'Each line below portrays a person from {{country}}. In the context of {{topic}}, how much is that person like you?',
    value: '{{value}}: {{portrait}}',
    options: '1: very much like me\n2: like me\n3: not like me\n4: not like me at all',
  },
  requirement: {
    chat: 'Answer with one JSON object and nothing else. Each key is the name of a value exactly as written above, each value the number of the option you choose.',
    completion:
      'Give one JSON object and nothing else. Each key is the name of a value exactly as written above, each value the number of the option you choose. The answer is:',
  },
};

export const TASK2: {
  readonly question: readonly [string, string];
  readonly options: string;
  readonly requirement: { readonly action: string; readonly explanation: string };
} = {
  question: [
    'Suppose you are from {{country}}. In the context of {{topic}}, think of the value "{{value}}" ({{definition}}). Which of these two actions is more in line with your own values?',
    'You live in {{country}}. When it comes to {{topic}} and to "{{value}}" ({{definition}}), which of these two actions reflects your cultural values better?',
  ],
  options: 'Option 1: {{option1}}\nOption 2: {{option2}}',
  requirement: {
    action: 'Answer with one JSON object and nothing else: {"action": "Option 1"} or {"action": "Option 2"}.',
    explanation:
      'First explain your choice in one or two sentences, then name it. Answer with one JSON object and nothing else: {"explanation": "…", "action": "Option 1"} or {"explanation": "…", "action": "Option 2"}.',
  },
};

const scene = ['country', 'topic'] as const;
const asked = [...scene, 'value', 'definition'] as const;

export interface PlaceholderRule {
  readonly allowed: readonly string[];
  /** Without these the model would not see what it is asked about. */
  readonly needed: readonly string[];
}

/** What can stand in double braces, by the part's path under `prompts`. */
export const PLACEHOLDERS: ReadonlyMap<string, PlaceholderRule> = new Map<string, PlaceholderRule>([
  ['task1.survey.context', { allowed: scene, needed: [] }],
  ['task1.survey.value', { allowed: [...scene, 'value', 'definition'], needed: ['value'] }],
  ['task1.survey.options', { allowed: scene, needed: [] }],
  ['task1.portrait.context', { allowed: scene, needed: [] }],
  ['task1.portrait.value', { allowed: [...scene, 'value', 'portrait'], needed: ['value'] }],
  ['task1.portrait.options', { allowed: scene, needed: [] }],
  ['task1.requirement.chat', { allowed: scene, needed: [] }],
  ['task1.requirement.completion', { allowed: scene, needed: [] }],
  ['task2.question', { allowed: asked, needed: [] }],
  ['task2.options', { allowed: [...asked, 'option1', 'option2'], needed: ['option1', 'option2'] }],
  ['task2.requirement.action', { allowed: asked, needed: [] }],
  ['task2.requirement.explanation', { allowed: asked, needed: [] }],
]);

const PLACEHOLDER = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g;

export interface PlaceholderUse {
  readonly name: string;
  /** As written, braces included. */
  readonly text: string;
}

export function listPlaceholders(template: string): PlaceholderUse[] {
  return Array.from(template.matchAll(PLACEHOLDER), ([text, name = '']) => ({ name, text }));
}

/**
 * Fills {{placeholders}} in one pass, so braces inside a filled-in text stay as they are.
 * A placeholder without a value is left as it is.
 */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(PLACEHOLDER, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}

/** A text as it can stand on a line of its own: folded and block texts of a file bring line breaks with them. */
export function toOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

export function joinParts(parts: readonly string[]): string {
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n');
}
