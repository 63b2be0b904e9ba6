import { AppError } from "../../errors";

/** Aliases of versions; a model's bare name means its champion. */
export const ALIASES = ["champion", "challenger"] as const;
export type Alias = (typeof ALIASES)[number];

/** What `NAME`, `NAME@alias` or `NAME@version` points to. */
export interface ModelReference {
  readonly name: string;
  readonly target: Alias | number;
}

/** Also the name of a folder, so it contains nothing special to paths. */
const NAME = /^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$/;
const VERSION = /^[1-9]\d{0,8}$/;

/** @throws AppError BAD_INPUT if `name` is not a valid model name */
export function checkModelName(name: string): string {
  if (NAME.test(name)) return name;
  throw new AppError(
    "BAD_INPUT",
    `A model's name is 1 to 64 of the characters a-z, 0-9 and -, and neither begins nor ends with -; not '${name.slice(0, 80)}'.`,
  );
}

/**
 * Reads `NAME`, `NAME@champion`, `NAME@challenger` or `NAME@12`.
 *
 * @param bare the alias that a bare name stands for
 * @throws AppError BAD_INPUT if the text has another form
 */
export function parseReference(text: string, bare: Alias = "champion"): ModelReference {
  const at = text.indexOf("@");
  const name = checkModelName(at < 0 ? text : text.slice(0, at));
  const target = at < 0 ? bare : text.slice(at + 1);
  if (VERSION.test(target)) return { name, target: Number(target) };
  const alias = ALIASES.find((known) => known === target);
  if (alias !== undefined) return { name, target: alias };
  throw new AppError(
    "BAD_INPUT",
    `After '${name}@' comes champion, challenger or a version number, not '${target.slice(0, 80)}'. See \`asterism models list\`.`,
  );
}
