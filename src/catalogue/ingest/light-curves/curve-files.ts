import type { Queries } from "../../../database/database";
import type { Release } from "../../release";
import { requireCatalogue } from "../catalogue-row";
import type { Mapping } from "../mapping";
import type { FileHead, GatheringPlan } from "../plan";
import { epochPhotometryReader } from "./epoch-photometry";
import { lightCurvePlan } from "./light-curve-plan";
import { mappedPointsReader } from "./mapped-points";

/** The catalogue that Gaia's own light curves of a release are kept under. */
const gaiaCatalogue = (release: Release): Mapping["catalogue"] => ({
  name: `gaia-dr${release}-epoch-photometry`,
  title: `Gaia DR${release} epoch photometry`,
  reference: "https://gea.esac.esa.int/archive/documentation/",
  epoch: null,
  magSystem: "Vega",
});

/** Gaia's epoch photometry, in the forms in which the archive serves it. */
export async function curvesOfEpochPhotometry(queries: Queries, file: FileHead, release: Release): Promise<GatheringPlan> {
  const read = epochPhotometryReader(file, release);
  const catalogue = gaiaCatalogue(release);
  const catalogueId = await requireCatalogue(queries, { catalogue }, []);
  return lightCurvePlan({ release, catalogueId, catalogue: catalogue.name, folded: false, read });
}

/** Light curves of another table, as a mapping's `lightCurves` describes them. */
export async function curvesOfMapping(queries: Queries, file: FileHead, mapping: Mapping): Promise<GatheringPlan> {
  const curves = mapping.lightCurves!;
  const read = mappedPointsReader(file, mapping, curves);
  const catalogueId = await requireCatalogue(queries, mapping, []);
  return lightCurvePlan({ release: mapping.gaia!.release, catalogueId, catalogue: mapping.catalogue.name, folded: curves.folded, read });
}
