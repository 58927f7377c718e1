/** What goes to a model, whoever it is. */
export interface ChatMessage {
  readonly role: 'system' | 'user';
  readonly content: string;
}

/** The shape of a usable answer as a JSON schema, for models that can be held to one. */
export interface AnswerFormat {
  readonly name: 'stated' | 'acted' | 'generated' | 'predicted';
  readonly schema: JsonObjectSchema;
}

export interface JsonTextSchema {
  readonly type: 'string';
  readonly enum?: readonly string[];
  readonly maxLength?: number;
}

export interface JsonListSchema {
  readonly type: 'array';
  readonly items: JsonTextSchema;
  readonly maxItems?: number;
}

export interface JsonObjectSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, JsonTextSchema | JsonListSchema>>;
  readonly required: readonly string[];
  readonly additionalProperties: false;
}
