import "reflect-metadata";
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from "graphql";
import { buildSchemaSync } from "type-graphql";
import { CatalogueResolver } from "./catalogue/catalogue.resolver";
import { RegionCountResolver, StarCountResolver } from "./count/star-count.resolver";
import { CrossmatchResolver } from "./crossmatch/crossmatch.resolver";
import { SurveyLabelsResolver } from "./label/survey-labels.resolver";
import { LightCurveResolver } from "./light-curve/light-curve.resolver";
import { MatchResolver } from "./match/match.resolver";
import { MetallicityResolver } from "./metallicity/metallicity.resolver";
import { ModelResolver, ModelVersionResolver } from "./model/model.resolver";
import { PhotometryResolver } from "./photometry/photometry.resolver";
import { PredictionResolver } from "./prediction/prediction.resolver";
import { RegionResolver } from "./region/region.resolver";
import { SimilarResolver } from "./similar/similar.resolver";
import { answerAtOnce } from "./star/answer-at-once";
import { ListedResolver } from "./star/listed.resolver";
import { StarResolver } from "./star/star.resolver";
import { StatusResolver } from "./status/status.resolver";
import { VariabilityResolver } from "./variability/variability.resolver";

/** Builds the API. Inputs are validated by the functions that use them. */
export function buildApi(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      CatalogueResolver,
      CrossmatchResolver,
      LightCurveResolver,
      ListedResolver,
      MatchResolver,
      MetallicityResolver,
      ModelResolver,
      ModelVersionResolver,
      PhotometryResolver,
      PredictionResolver,
      RegionCountResolver,
      RegionResolver,
      SimilarResolver,
      StarCountResolver,
      StarResolver,
      StatusResolver,
      SurveyLabelsResolver,
      VariabilityResolver,
    ],
    validate: false,
  });
  return answerAtOnce(schema);
}

/** The text of schema.graphql, sorted so that diffs show real changes only. */
export function schemaText(): string {
  return `# The API, emitted from src/graphql by \`npm run schema\`.\n\n${printSchema(lexicographicSortSchema(buildApi()))}\n`;
}
