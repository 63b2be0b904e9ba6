import { AppError } from "../../../src/errors";

/** An input as a study states it. */
export interface InputSource {
  /** the expression itself when left out */
  readonly name?: string;
  readonly expression: string;
  readonly description?: string;
}

const NAMED = /^\s*([^:"`]+?)\s*:\s*(.+)$/s;
const KEYS = ["name", "expression", "description"];

const oneSpace = (text: string): string => text.trim().replace(/\s+/g, " ");

function refuse(given: unknown, what: string): never {
  throw new AppError(
    "BAD_INPUT",
    `${what} must be an expression, as bp - rp; with a name, as colour: bp - rp; or { name, expression, description }; not ${JSON.stringify(given)}.`,
  );
}

function fromText(text: string): InputSource {
  const named = NAMED.exec(text);
  return named ? { name: oneSpace(named[1]!), expression: oneSpace(named[2]!) } : { expression: oneSpace(text) };
}

/**
 * Reads one item of a study's list of inputs, as YAML gives it: `bp - rp`, `colour: bp - rp`, or an object.
 *
 * @param what for the message: `inputs.3`
 * @throws AppError BAD_INPUT if it is none of these
 */
export function toInputSource(given: unknown, what: string): InputSource {
  if (typeof given === "string") return given.trim() === "" ? refuse(given, what) : fromText(given);
  if (typeof given !== "object" || given === null || Array.isArray(given)) return refuse(given, what);
  const entries = Object.entries(given);
  if (!entries.every(([, value]) => typeof value === "string" && value.trim() !== "")) return refuse(given, what);
  const texts = entries.map(([key, value]) => [key, oneSpace(value as string)] as const);
  if (texts.length === 1 && texts[0]![0] !== "expression") return { name: oneSpace(texts[0]![0]), expression: texts[0]![1] };
  const { name, expression, description } = Object.fromEntries(texts);
  if (expression === undefined || texts.some(([key]) => !KEYS.includes(key))) return refuse(given, what);
  return { expression, ...(name !== undefined && { name }), ...(description !== undefined && { description }) };
}
