import { AppError } from "../src/errors";
import type { Manifest } from "../src/models/registry/manifest";
import type { FileModality } from "./files/file-modality";
import { FOURIER_FILES } from "./fourier-parameters/fourier-files";
import { LIGHT_CURVE_FILES } from "./light-curves/light-curve-files";
import { VALUE_FILES } from "./values/value-files";

/** Every modality that is read from files. A new one is a folder here and a line in this list. */
const FILE_MODALITIES: readonly FileModality[] = [VALUE_FILES, LIGHT_CURVE_FILES, FOURIER_FILES];

/** @throws AppError MODEL_UNAVAILABLE if this code reads no files of what the version looks at */
export function fileModalityOf({ model, version, modality }: Pick<Manifest, "model" | "version" | "modality">): FileModality {
  const found = FILE_MODALITIES.find((one) => one.modality.name === modality);
  if (found) return found;
  throw new AppError(
    "MODEL_UNAVAILABLE",
    `${model}@${version} looks at '${modality}', which this code does not read. Run the code that trained it.`,
  );
}
