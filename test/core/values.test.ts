import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COUNTRIES, TOPICS } from '../../src/core/study';
import { findValue, MOTIVATIONAL_TYPES, portraitFromDefinition, VALUES } from '../../src/core/values';

const data = join(import.meta.dirname, '../../../shared/data');
const readJson = <T>(file: string) => JSON.parse(readFileSync(join(data, file), 'utf8')) as T;

describe('the 56 values', () => {
  it('have names, portraits and types of their own', () => {
    expect(new Set(VALUES.map(({ name }) => name)).size).toBe(56);
    expect(new Set(VALUES.map(({ portrait }) => portrait)).size).toBe(56);
    expect(new Set(VALUES.map(({ motivationalType }) => motivationalType))).toEqual(new Set(MOTIVATIONAL_TYPES));
    expect(MOTIVATIONAL_TYPES).toHaveLength(10);
    for (const { portrait } of VALUES) {
      expect(portrait).toMatch(/^It is important to this person .*[^.]\.$/);
      expect(portrait).not.toMatch(/\b(?:he|she|him|her|his|hers)\b/i);
    }
  });

  it('are found by their exact name only', () => {
    expect(findValue('Wealth')?.motivationalType).toBe('Power');
    for (const name of ['wealth', '__proto__', 'constructor', '']) expect(findValue(name)).toBeUndefined();
  });

  it('give a portrait to any definition', () => {
    expect(portraitFromDefinition(' being on time. ')).toBe(
      'This person gives great importance to the following: being on time.',
    );
  });

  it.skipIf(!existsSync(data))('are the released ones (skipped where ../shared/data is absent)', () => {
    const ours = VALUES.map(({ name, definition, motivationalType }) => ({
      value: name,
      definition,
      motivationalType,
    }));
    expect(ours).toEqual(readJson('values.json'));
    const released = readJson<{ values: string[]; countries: string[]; topics: string[] }>('expected.json');
    expect(VALUES.map(({ name }) => name)).toEqual(released.values);
    expect([...COUNTRIES]).toEqual(released.countries);
    expect([...TOPICS]).toEqual(released.topics);
  });
});
