import { buildSchema } from "graphql";
import type { Random } from "../../src/science/random";

/** Objects within objects, and a field that always fails. */
export const FAMILY = buildSchema(`
  type Star { id: Int name: String companion: Star companions: [Star] broken: String! host: Galaxy }
  type Galaxy { id: Int name: String redshift: Float star: Star }
  type Query { star: Star galaxy: Galaxy stars: [Star] }`);

const star = (id: number): object => ({
  id,
  name: `star ${id}`,
  get companion() {
    return id > 3 ? null : star(id + 1);
  },
  get companions() {
    return id > 3 ? null : [star(id + 1), null, star(id + 2)];
  },
  broken: () => {
    throw new Error(`star ${id} is broken`);
  },
  get host() {
    return galaxy;
  },
});
const galaxy: object = {
  id: 9,
  name: null,
  redshift: 1.5,
  get star() {
    return star(3);
  },
};
const ANSWERS: Record<string, unknown> = { star: star(1), galaxy, stars: [star(2), null, star(3)] };
for (const [name, field] of Object.entries(FAMILY.getQueryType()?.getFields() ?? {})) field.resolve = () => ANSWERS[name];

interface Choices {
  readonly leaves: readonly string[];
  readonly branches: readonly (readonly [field: string, type: TypeName])[];
  /** named fragments of the type */
  readonly fragments: readonly string[];
}
type TypeName = "Star" | "Galaxy";
const CHOICES: Record<TypeName, Choices> = {
  Star: {
    leaves: ["id", "name", "broken", "__typename"],
    branches: [
      ["companion", "Star"],
      ["companions", "Star"],
      ["host", "Galaxy"],
    ],
    fragments: ["f0", "f1"],
  },
  Galaxy: { leaves: ["id", "name", "redshift", "__typename"], branches: [["star", "Star"]], fragments: ["f2", "f3"] },
};

/** A query of FAMILY with $a and $b in its directives. */
export function randomQuery(random: Random): string {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random.uniform() * from.length)] as T;
  const directive = () => (random.uniform() < 0.3 ? ` @${pick(["skip", "include"])}(if: ${pick(["$a", "$b", "true", "false"])})` : "");
  const selection = (type: TypeName, depth: number, spreads: boolean): string => {
    const { leaves, branches, fragments } = CHOICES[type];
    const kind = random.uniform();
    if (kind < 0.2 && depth > 0) return `... on ${type}${directive()} { ${selections(type, depth - 1, spreads)} }`;
    if (kind < 0.4 && spreads) return `...${pick(fragments)}${directive()}`;
    if (kind > 0.7 || depth === 0) return `${pick(leaves)}${directive()}`;
    const [field, below] = pick(branches);
    return `${field}${directive()} { ${selections(below, depth - 1, spreads)} }`;
  };
  const selections = (type: TypeName, depth: number, spreads: boolean): string =>
    Array.from({ length: 1 + Math.floor(random.uniform() * 4) }, () => selection(type, depth, spreads)).join(" ");
  const fragment = (name: string, type: TypeName) => `fragment ${name} on ${type} { ${selections(type, 1, false)} }`;
  const named = (["Star", "Galaxy"] as const).flatMap((type) => CHOICES[type].fragments.map((name) => fragment(name, type)));
  const fields = `star${directive()} { ${selections("Star", 2, true)} } galaxy { ${selections("Galaxy", 2, true)} } stars { ${selections("Star", 1, true)} }`;
  return `query ($a: Boolean!, $b: Boolean = true) { ${fields} } ${named.join(" ")}`;
}
