import type { NullRange, PositionMapping } from "./mapping";
import type { MappingReader } from "./mapping-reader";
import { type Context, valueSource } from "./mapping-values";

type Keys = Readonly<Record<string, MappingReader>>;

/** @returns null where a mapping gives no position */
function coordinates(root: MappingReader, { ra, dec }: Keys, nulls: readonly NullRange[]): Pick<PositionMapping, "ra" | "dec"> | null {
  if (ra!.isAbsent !== dec!.isAbsent) root.fail("must give both ra and dec, or neither");
  const degrees: Context = { target: "deg", unit: null, nulls };
  return ra!.isAbsent ? null : { ra: valueSource(ra!, degrees), dec: valueSource(dec!, degrees) };
}

/**
 * Where the objects are: `ra` and `dec` of the mapping itself, or of its `position`, which may tell each object's epoch and error too.
 *
 * @param keys of the mapping
 */
export function readPosition(root: MappingReader, keys: Keys, nulls: readonly NullRange[]): PositionMapping | null {
  const short = coordinates(root, keys, nulls);
  if (keys.position!.isAbsent) return short && { ...short, epoch: null, error: null };
  if (short !== null) keys.position!.fail("has ra and dec already: leave those outside of it out");
  const given = keys.position!.object(["ra", "dec", "epoch", "error"]);
  const place = coordinates(keys.position!, given, nulls) ?? keys.position!.fail("needs ra and dec");
  return {
    ...place,
    epoch: given.epoch!.optional((column) => column.text(undefined, "the column of the objects' epochs")),
    error: given.error!.optional((error) => valueSource(error, { target: "arcsec", unit: null, nulls })),
  };
}
