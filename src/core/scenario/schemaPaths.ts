/** What the file format allows at a path of a document, and how it describes it. */
import * as z from 'zod';
import { scenarioSchema } from './schema';

/** Keys, and for a list the position in it (any number will do: all entries are alike). */
export type SchemaPath = readonly (string | number)[];

export interface SchemaKey {
  readonly name: string;
  /** For people; empty where the format says nothing. */
  readonly description: string;
  readonly required: boolean;
  readonly kind: SchemaKind;
}

export type SchemaKind = 'text' | 'list' | 'map';

/** The keys that can stand at a path, in the format's order; none where no map is expected. */
export function keysAt(path: SchemaPath): SchemaKey[] {
  const schema = schemaAt(path);
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape as Record<string, z.core.$ZodType>).map(([name, member]) => ({
    name,
    description: describe(member),
    required: !(member instanceof z.ZodOptional),
    kind: kindOf(unwrap(member)),
  }));
}

/** Undefined where nothing can stand. */
export function kindAt(path: SchemaPath): SchemaKind | undefined {
  const schema = schemaAt(path);
  return schema && kindOf(schema);
}

/** The schema at a path, without the wrappers that say it is optional. */
function schemaAt(path: SchemaPath): z.core.$ZodType | undefined {
  let schema: z.core.$ZodType | undefined = scenarioSchema;
  for (const step of path) {
    if (schema instanceof z.ZodObject) schema = Object.hasOwn(schema.shape, step) ? schema.shape[step] : undefined;
    else if (schema instanceof z.ZodRecord) schema = schema.valueType as z.core.$ZodType;
    else schema = schema instanceof z.ZodArray ? (schema.element as z.core.$ZodType) : undefined;
    schema = schema && unwrap(schema);
  }
  return schema;
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional ? unwrap(schema.unwrap() as z.core.$ZodType) : schema;
}

/** The description may sit on the optional wrapper or within it. */
function describe(schema: z.core.$ZodType): string {
  const own = z.globalRegistry.get(schema)?.description;
  if (own !== undefined) return own;
  return schema instanceof z.ZodOptional ? describe(schema.unwrap() as z.core.$ZodType) : '';
}

function kindOf(schema: z.core.$ZodType): SchemaKind {
  if (schema instanceof z.ZodObject || schema instanceof z.ZodRecord) return 'map';
  return schema instanceof z.ZodArray ? 'list' : 'text';
}
