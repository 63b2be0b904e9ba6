import { GraphQLScalarType } from "graphql";

/** A whole JSON document, such as a manifest; output only. */
export const Json = new GraphQLScalarType<unknown, unknown>({
  name: "JSON",
  description: "A JSON document, answered whole.",
  serialize: (value) => value,
  parseValue: () => {
    throw new TypeError("JSON is answered only.");
  },
});
