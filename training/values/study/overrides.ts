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

/**
 * A study with settings that the command line gives instead of the file's.
 *
 * @param sky which stars of the catalogue; null: as the study says
 * @throws AppError BAD_INPUT for a setting that cannot be read
 */
export function overriddenStudy(study: Study, settings: readonly string[], sky: Sky | null): Study {
  const families = settings.reduce<readonly ChosenFamily[]>(overridden, study.families);
  return { ...study, families, stars: { ...study.stars, sky: sky ?? study.stars.sky } };
}
