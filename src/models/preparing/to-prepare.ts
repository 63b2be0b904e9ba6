import { AppError } from "../../errors";
import { MODALITIES } from "../../modalities/modalities";
import type { Looked, Prepared } from "../../modalities/modality";

/** An observation to prepare in another thread, which finds the modality by its name. */
export interface ToPrepare {
  readonly modality: string;
  readonly looked: Looked;
  readonly observed: unknown;
}

/** What another thread needs of what a version looks at: it computes inputs, and has them described already. */
export const brief = ({ featureSet: { name }, columns, shape }: Looked): Looked => ({
  featureSet: { name, inputs: [] },
  ...(columns && { columns }),
  ...(shape && { shape: { featureSet: { name: shape.featureSet.name } } }),
});

/** @throws AppError NOT_FOUND if there is no such modality or feature set */
export function prepareInPlace({ modality, looked, observed }: ToPrepare): Prepared {
  const found = MODALITIES.find(({ name }) => name === modality);
  if (!found) throw new AppError("NOT_FOUND", `There is no modality '${modality}'.`);
  return found.open(looked).prepare(observed);
}
