import { AppError } from "../../../../src/errors";
import { GP } from "./gp-member";
import { GRU_MEMBER } from "./gru-member";
import type { Member } from "./member";
import { XGBOOST } from "./xgboost-member";

const MEMBERS: readonly Member[] = [GP, GRU_MEMBER, XGBOOST];

/** Those that need no library besides the package's own. */
const STANDARD = ["gp", "gru"];

/** @param names each once; the standard ones when absent @throws AppError BAD_INPUT listing the members there are */
export function membersNamed(names: readonly string[] = STANDARD): Member[] {
  const members = names.map((name) => MEMBERS.find((member) => member.name === name));
  if (members.length > 0 && !members.includes(undefined) && new Set(names).size === names.length) return members as Member[];
  const known = MEMBERS.map(({ name }) => name).join(", ");
  throw new AppError("BAD_INPUT", `A stack's members are one or more of ${known}, each once; not '${names.join(",").slice(0, 80)}'.`);
}
