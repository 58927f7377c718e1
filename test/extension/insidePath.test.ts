import { describe, expect, it } from 'vitest';
import { relativeInside, resolveInside } from '../../src/extension/scenarios/insidePath';

describe('resolveInside', () => {
  it('finds files in the folder', () => {
    expect(resolveInside('/work', 'a/b.scenario.yaml')).toBe('/work/a/b.scenario.yaml');
    expect(resolveInside('/work', '..b.scenario.yaml')).toBe('/work/..b.scenario.yaml');
  });

  it.each(['', '.', '../secret.yaml', 'a/../../secret.yaml', '/etc/passwd', 'C:\\secret.yaml', 'a\0b'])(
    'goes nowhere for %j',
    (file) => {
      expect(resolveInside('/work', file)).toBeUndefined();
    },
  );
});

describe('relativeInside', () => {
  it('is the inverse', () => {
    expect(relativeInside('/work', '/work/a/b.yaml')).toBe('a/b.yaml');
    expect(relativeInside('/work', '/worker/b.yaml')).toBeUndefined();
  });
});
