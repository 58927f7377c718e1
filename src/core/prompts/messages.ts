/** What goes to a model, whoever it is. */
export interface ChatMessage {
  readonly role: 'system' | 'user';
  readonly content: string;
}

/** The shape of a usable answer as a JSON schema, for models that can be held to one. */
export interface AnswerFormat {
  readonly name: 'stated' | 'acted';
  readonly schema: JsonObjectSchema;
}

export interface JsonObjectSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, { type: 'string'; enum?: readonly string[]; maxLength?: number }>>;
  readonly required: readonly string[];
  readonly additionalProperties: false;
}
