import { GraphQLScalarType } from "graphql";

/** A document answered whole, as a manifest is; never taken as input. */
export const Json = new GraphQLScalarType<unknown, unknown>({
  name: "JSON",
  description: "A JSON document, answered whole.",
  serialize: (value) => value,
  parseValue: () => {
    throw new TypeError("JSON is answered only.");
  },
});
