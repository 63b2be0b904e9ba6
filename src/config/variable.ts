/** One environment variable: its meaning, default and parser. */
export interface Variable<T> {
  readonly description: string;
  readonly fallback: string | undefined;
  readonly secret?: boolean;
  parse(text: string): T;
}

export const text = (description: string, fallback: string): Variable<string> => ({ description, fallback, parse: (value) => value });

export const integer = (description: string, fallback: number, min: number, max: number): Variable<number> => ({
  description: `${description} (${min} to ${max})`,
  fallback: String(fallback),
  parse(value) {
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < min || number > max) throw new Error(`a whole number from ${min} to ${max}`);
    return number;
  },
});

export const oneOf = <const T extends string>(description: string, fallback: T, choices: readonly T[]): Variable<T> => ({
  description: `${description} (${choices.join(", ")})`,
  fallback,
  parse(value) {
    if (!choices.includes(value as T)) throw new Error(`one of ${choices.join(", ")}`);
    return value as T;
  },
});
