import { column } from "../bulk/columns";
import { literal, type SelectedColumn, textLiteral } from "../bulk/select";
import { PREDICTION_FLAG_BITS, PREDICTION_FLAGS, type PredictionFlag } from "../prediction-flags";

/** Every bit with its name and meaning, for the description of a column of flags. */
export const FLAG_BITS: string = PREDICTION_FLAG_BITS;

/** The flags' names in words, so that a file without descriptions says them too. @param flags SQL of the bits */
export function flagNamesColumn(flags: string): SelectedColumn {
  const names = (Object.keys(PREDICTION_FLAGS) as PredictionFlag[]).map(
    (name) => `CASE WHEN ${flags} & ${literal(PREDICTION_FLAGS[name])} > 0 THEN ${textLiteral(name)} END`,
  );
  return column("flag_names", `nullif(concat_ws(' ', ${names.join(", ")}), '')`, "string", "names of the bits of flags that are set");
}
