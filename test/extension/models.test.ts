import { describe, expect, it } from 'vitest';
import { ModelSeries } from '../../src/extension/models/modelSeries';
import { joinMessages, toModelOptions } from '../../src/extension/models/vscodeLmRequest';

function inMemory(stored: Record<string, unknown> = {}) {
  return {
    stored,
    get: <T>(key: string) => stored[key] as T | undefined,
    update: async (key: string, value: unknown) => {
      stored[key] = structuredClone(value);
    },
  };
}

describe('ModelSeries', () => {
  it('counts models in order of first sight and remembers them', () => {
    const memento = inMemory();
    const series = new ModelSeries(memento);
    expect([series.indexOf('b/x'), series.indexOf('a/y'), series.indexOf('b/x')]).toEqual([0, 1, 0]);
    expect(new ModelSeries(memento).indexOf('a/y')).toBe(1);
  });

  it('starts anew where what was kept cannot be read', () => {
    expect(new ModelSeries(inMemory({ modelSeries: 'x' })).indexOf('a')).toBe(0);
  });
});

describe('requests to VS Code models', () => {
  it('put the system prompt before the user message', () => {
    const messages = [
      { role: 'system', content: 'You are a triage assistant.' },
      { role: 'user', content: 'Which action?' },
    ] as const;
    expect(joinMessages(messages)).toBe('You are a triage assistant.\n\nWhich action?');
  });

  it('carry only the parameters that are set', () => {
    expect(toModelOptions({ temperature: 0, extra: { seed: 1 } })).toEqual({ temperature: 0, seed: 1 });
  });
});
