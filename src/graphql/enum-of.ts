import { registerEnumType } from "type-graphql";

/**
 * Registers a GraphQL enum whose values are declared, each with its description, in a list of ours.
 *
 * @returns what fields of the enum name as their type
 */
export function enumOf<Name extends string>(
  name: string,
  description: string,
  values: Readonly<Record<Name, string>>,
): Readonly<Record<string, Name>> {
  const names = Object.keys(values) as Name[];
  // An enum's values are upper case in GraphQL; where ours are stored in lower case they keep their meaning.
  const graphqlName = (value: string) => value.toUpperCase().replaceAll("-", "_");
  const made = Object.fromEntries(names.map((value) => [graphqlName(value), value])) as Record<string, Name>;
  registerEnumType(made, {
    name,
    description,
    valuesConfig: Object.fromEntries(names.map((value) => [graphqlName(value), { description: values[value] }])),
  });
  return made;
}
