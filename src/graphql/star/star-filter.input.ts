import { type ClassType, Field, Float, InputType, registerEnumType } from "type-graphql";
import type { StarFilter } from "../../catalogue/star-filter";
import { type FilterFieldKind, type FilterNames, type FilterObject, FLAG_NAMES, STAR_FILTER } from "../../catalogue/star-filter-fields";
import { meantFilter } from "../../models/meant-filter";
import type { Context } from "../context";
import { remember } from "../loading/remember";
import { PredictionFlags } from "../prediction/prediction.type";

/** The API's filter of stars; its fields are those that the catalogue declares. */
export class StarFilterInput {}

/** An enum whose values are spelled as in JSON. Predictions have one of their flags already. */
const enumType = remember((names: FilterNames): Readonly<Record<string, string>> => {
  if (names === FLAG_NAMES) return PredictionFlags;
  const { name, description, values } = names;
  const made = Object.fromEntries(Object.keys(values).map((value) => [value, value]));
  const described = Object.entries(values).map(([value, meaning]) => [value, { description: meaning }]);
  registerEnumType(made, { name, description, valuesConfig: Object.fromEntries(described) });
  return made;
});

function graphqlType(takes: FilterFieldKind): () => unknown {
  if (takes === "number") return () => Float;
  if (takes === "text") return () => String;
  if (takes === "boolean") return () => Boolean;
  if (takes === "filters") return () => [StarFilterInput];
  if ("object" in takes) {
    const type = inputType(takes.object); // declared now: the schema takes no type that comes while it is built
    return () => type;
  }
  const names = enumType("oneOf" in takes ? takes.oneOf : takes.someOf);
  return () => ("oneOf" in takes ? names : [names]);
}

/** Gives a class the fields of an object of the filter. */
function declare(input: ClassType, { name, description, fields }: FilterObject): ClassType {
  for (const [key, field] of Object.entries(fields)) {
    const options = { description: field.description, nullable: !field.required };
    Field(graphqlType(field.takes) as () => ClassType, options)(input.prototype as object, key);
  }
  InputType(name, { description })(input);
  return input;
}

const inputType = remember((object: FilterObject): ClassType => declare(class {}, object));

declare(StarFilterInput, STAR_FILTER);

/** The filter with the models that it names looked up, to the versions that the request uses throughout. */
export const starFilter = (context: Context, input: StarFilterInput | null | undefined): Promise<StarFilter> =>
  // GraphQL has checked that the object is one that the fields describe.
  meantFilter(context.modelVersion, (input as StarFilter | null | undefined) ?? {});
