import { parse } from "yaml";
import { AppError } from "../../../src/errors";
import type { ChosenFamily, Sky, Study } from "./study";

/** `epochs=12`, or `mlp.epochs=12` where a study combines several families. */
const SETTING = /^(?:([a-z0-9-]+)\.)?([A-Za-z]+)=(.*)$/s;

function overridden(families: readonly ChosenFamily[], text: string): ChosenFamily[] {
  const [, named, setting, value] = SETTING.exec(text) ?? [];
  if (setting === undefined)
    throw new AppError(
      "BAD_INPUT",
      `--set takes name=value, as epochs=12 (or mlp.epochs=12 of one of several families), not '${text.slice(0, 60)}'.`,
    );
  const family = named ?? (families.length === 1 ? families[0]!.name : undefined);
  if (family === undefined || !families.some(({ name }) => name === family))
    throw new AppError(
      "BAD_INPUT",
      `--set ${text.slice(0, 60)}: the study's families are ${families.map(({ name }) => name).join(", ")}. Write FAMILY.${setting}=...`,
    );
  return families.map((one) =>
    one.name === family ? { ...one, settings: { ...one.settings, [setting]: parse(value!) as unknown } } : one,
  );
}

/** What one training has otherwise than its study's file says. */
export interface Overrides {
  /** `epochs=12`, each instead of the file's */
  readonly settings?: readonly string[];
  /** which stars of the catalogue */
  readonly sky?: Sky | undefined;
  /** the one family to fit, with its usual settings */
  readonly family?: string | undefined;
  /** groups of raw columns to do without: inputs that read one are left out */
  readonly without?: readonly string[];
}

/**
 * A study with what the command line gives instead of the file's.
 *
 * @throws AppError BAD_INPUT for a setting that cannot be read
 */
export function overriddenStudy(study: Study, { settings = [], sky, family, without = [] }: Overrides): Study {
  const chosen = family === undefined ? study.families : [{ name: family, settings: {} }];
  const families = settings.reduce<readonly ChosenFamily[]>(overridden, chosen);
  return { ...study, families, without, stars: { ...study.stars, sky: sky ?? study.stars.sky } };
}
