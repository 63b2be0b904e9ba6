import { AppError } from "../../src/errors";
import type { Family } from "../fit/family";
import { forest } from "./forest/forest";
import { gp } from "./gp/gp";
import { linear } from "./linear/linear";
import { mlp } from "./mlp/mlp-family";
import { nearest } from "./nearest/nearest";
import { svr } from "./svr/svr-family";
import { xgboost } from "./xgboost/xgboost";

/** The ways to learn from stellar values, by the names that studies use. A new family is a folder and a line here. */
export const FAMILIES: readonly Family[] = [mlp, gp, xgboost, forest, svr, nearest, linear];

/** @throws AppError BAD_INPUT listing the names there are */
export function familyNamed(name: string): Family {
  const found = FAMILIES.find((family) => family.name === name);
  if (found) return found;
  throw new AppError("BAD_INPUT", `There is no family '${name}'. Choose one of ${FAMILIES.map((family) => family.name).join(", ")}.`);
}
