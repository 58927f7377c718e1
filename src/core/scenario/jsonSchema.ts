/** The file format as a JSON schema, for editors and tools that know nothing of us. */
import * as z from 'zod';
import { scenarioSchema } from './schema';

/** Draft 7, which YAML and JSON editors read. Describes one document of a file. */
export function describeScenarioFormat(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(scenarioSchema, { target: 'draft-7', io: 'input' });
  return {
    $schema,
    title: 'Value-action scenario',
    description:
      'One country in one social topic, with the values to ask about: one document of a *.scenario.yaml file.',
    ...schema,
  };
}
