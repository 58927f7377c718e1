import { describe, expect, it } from 'vitest';
import { EndpointKeys, type SecretStore } from '../../src/extension/secrets';

function inMemory(): SecretStore & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    get: async (key) => kept.get(key),
    store: async (key, value) => void kept.set(key, value),
    delete: async (key) => void kept.delete(key),
  };
}

const lab = { name: 'lab', baseUrl: 'https://lab.example/v1' };

describe('EndpointKeys', () => {
  it('gives a key back to the origin it was entered for, whatever the path', async () => {
    const keys = new EndpointKeys(inMemory());
    await keys.set(lab, 'k1');
    expect(await keys.get({ ...lab, baseUrl: 'https://lab.example/v2' })).toBe('k1');
    expect(await keys.stateOf(lab)).toBe('set');
  });

  it.each(['https://elsewhere.example/v1', 'http://lab.example/v1', 'https://lab.example:8443/v1', 'not a url'])(
    'keeps it from %s',
    async (baseUrl) => {
      const keys = new EndpointKeys(inMemory());
      await keys.set(lab, 'k1');
      expect(await keys.get({ name: 'lab', baseUrl })).toBeUndefined();
      expect(await keys.stateOf({ name: 'lab', baseUrl })).toBe('other-origin');
    },
  );

  it('keeps the keys of two endpoints apart and forgets a deleted one', async () => {
    const keys = new EndpointKeys(inMemory());
    await keys.set(lab, 'k1');
    await keys.set({ ...lab, name: 'other' }, 'k2');
    await keys.delete(lab);
    expect(await keys.stateOf(lab)).toBe('none');
    expect(await keys.get({ ...lab, name: 'other' })).toBe('k2');
  });

  it('tells every key it handles, for the log to hide', async () => {
    const handled: string[] = [];
    const store = inMemory();
    await new EndpointKeys(store).set(lab, 'k1');
    await new EndpointKeys(store, (key) => handled.push(key)).get(lab);
    expect(handled).toEqual(['k1']);
  });

  it('takes an entry it cannot read for none', async () => {
    const store = inMemory();
    store.kept.set('endpoint.lab', 'not json');
    expect(await new EndpointKeys(store).stateOf(lab)).toBe('none');
  });
});
