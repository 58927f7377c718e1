/** Values of options, read from what was written; what cannot be read says what can be written instead. */
import { InvalidArgumentError } from 'commander';
import { parseVariants } from '../core/prompts/variants';
import type { Price } from '../models/endpoints';

export function integer(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= low && value <= high) return value;
    throw new InvalidArgumentError(`Give a whole number from ${low} to ${high}.`);
  };
}

export function number(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && value >= low && value <= high) return value;
    throw new InvalidArgumentError(`Give a number from ${low} to ${high}.`);
  };
}

export function variants(text: string): number[] {
  try {
    return parseVariants(text);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}

/** "0.15,0.6" */
export function price(text: string): Price {
  const parts = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const [input, output, ...others] = parts;
  if (input !== undefined && output !== undefined && others.length === 0 && input >= 0 && output >= 0) {
    return { input, output };
  }
  throw new InvalidArgumentError('Give two numbers, for input and output: 0.15,0.6');
}
