import { AppError } from "../../src/errors";
import type { Family, Setting } from "./family";

const refuse = (wanted: string, given: unknown): AppError =>
  new AppError("BAD_INPUT", `takes ${wanted}, not ${typeof given === "string" ? `'${given}'` : JSON.stringify(given)}.`);

type Standard<Type> = Type | ((rows: number) => Type);

const standardOf = <Type>(standard: Standard<Type>): ((rows: number) => Type) =>
  typeof standard === "function" ? (standard as (rows: number) => Type) : () => standard;

/** A whole number within limits, both of which are allowed. */
export function wholeNumber(description: string, [from, to]: readonly [number, number], standard: Standard<number>): Setting<number> {
  return {
    description: `${description}; a whole number from ${from} to ${to}`,
    standard: standardOf(standard),
    parse: (given) => {
      const value = typeof given === "string" && given.trim() !== "" ? Number(given) : given;
      if (typeof value === "number" && Number.isInteger(value) && value >= from && value <= to) return value;
      throw refuse(`a whole number from ${from} to ${to}`, given);
    },
  };
}

/** A number within limits, both of which are allowed. */
export function realNumber(description: string, [from, to]: readonly [number, number], standard: Standard<number>): Setting<number> {
  return {
    description: `${description}; a number from ${from} to ${to}`,
    standard: standardOf(standard),
    parse: (given) => {
      const value = typeof given === "string" && given.trim() !== "" ? Number(given) : given;
      if (typeof value === "number" && value >= from && value <= to) return value;
      throw refuse(`a number from ${from} to ${to}`, given);
    },
  };
}

/** A number within limits, or `auto`, null, where the family is to choose it. */
export function chosenNumber(description: string, limits: readonly [number, number]): Setting<number | null> {
  const { parse, description: numbers } = realNumber(description, limits, 0);
  return {
    description: `${numbers}, or auto`,
    standard: () => null,
    parse: (given) => (given === "auto" || given === null ? null : parse(given)),
  };
}

/** One of several words. */
export function oneOf<Word extends string>(description: string, words: readonly Word[], standard: Standard<Word>): Setting<Word> {
  return {
    description: `${description}; one of ${words.join(", ")}`,
    standard: standardOf(standard),
    parse: (given) => {
      const word = words.find((one) => one === given);
      if (word !== undefined) return word;
      throw refuse(`one of ${words.join(", ")}`, given);
    },
  };
}

function parseOne(family: string, name: string, setting: Setting<unknown>, given: unknown): unknown {
  try {
    return setting.parse(given);
  } catch (error) {
    if (error instanceof AppError) throw new AppError(error.code, `The setting ${name} of ${family} ${error.message}`);
    throw error;
  }
}

/**
 * All settings of a family: those that are given, and for the others what is standard.
 *
 * @param given by their names, as a study has them
 * @param rows that the family will be fitted on
 * @throws AppError BAD_INPUT for a name that the family does not have, or a value that it does not take
 */
export function parseSettings<Of extends object>(family: Family<Of>, given: Readonly<Record<string, unknown>>, rows: number): Of {
  const declared = Object.entries(family.settings) as [string, Setting<unknown>][];
  const names = declared.map(([name]) => name);
  for (const name of Object.keys(given)) {
    if (!names.includes(name))
      throw new AppError("BAD_INPUT", `The family ${family.name} has no setting '${name}'. It has ${names.join(", ")}.`);
  }
  const parsed = declared.map(([name, setting]) => [
    name,
    name in given ? parseOne(family.name, name, setting, given[name]) : setting.standard(rows),
  ]);
  return Object.fromEntries(parsed) as Of;
}
