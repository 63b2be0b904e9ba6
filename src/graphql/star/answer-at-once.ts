import { type GraphQLSchema, isObjectType } from "graphql";
import type { StarIdentity } from "../../catalogue/star";
import type { Context } from "../context";
import { starFieldOf } from "./star-field";

/**
 * Lets the fields of Star answer at once what was loaded ahead. Their resolvers are called where it was not: a promise a
 * star, and what type-graphql does for a call's arguments, take longer than all else of a page of stars.
 */
export function answerAtOnce(schema: GraphQLSchema): GraphQLSchema {
  const star = schema.getType("Star");
  for (const field of Object.values(isObjectType(star) ? star.getFields() : {})) {
    const { loader, answer } = starFieldOf(field.extensions) ?? {};
    const { resolve } = field;
    if (!loader || !answer || !resolve) continue;
    field.resolve = (parent: StarIdentity, args, context: Context, info) => {
      const loaded = loader(context.loaders(parent.release), info).peek(parent.sourceId);
      return loaded === undefined ? resolve(parent, args, context, info) : answer(loaded, args);
    };
  }
  return schema;
}
