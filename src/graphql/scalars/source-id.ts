import { GraphQLError, GraphQLScalarType, Kind } from "graphql";
import { LARGEST_SOURCE_ID, readSourceId, SourceIdFault } from "../../science/source-id";

const refuse = (message: string) => new GraphQLError(`SourceId ${message}`);

function fromDigits(text: string): bigint {
  // A designation names its release, which is an argument of its own here.
  const id = /^gaia/i.test(text) ? null : readSourceId(text);
  if (typeof id === "bigint") return id;
  const why = id instanceof SourceIdFault ? ` (${id.reason})` : "";
  throw refuse(`must be a whole number from 1 to ${LARGEST_SOURCE_ID}, not '${text.slice(0, 40)}'${why}.`);
}

function parseValue(value: unknown): bigint {
  if (typeof value === "string") return fromDigits(value);
  if (typeof value === "bigint") return fromDigits(value.toString());
  if (typeof value !== "number") throw refuse(`must be a string of digits, not ${value === null ? "null" : typeof value}.`);
  if (Number.isInteger(value) && Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    throw refuse(
      `came as the JSON number ${value}, which lost its last digits on the way (JSON numbers are exact to 2^53 only): send it as a string, as in "6917528997577384321".`,
    );
  }
  return fromDigits(String(value));
}

/** A Gaia source_id: bigint inside, a string outside. JSON.parse rounds numbers above 2^53, so they are refused. */
export const SourceId = new GraphQLScalarType<bigint, string>({
  name: "SourceId",
  description:
    "A Gaia source_id: 64 bits, kept to the last digit. Answered as a string. Send it as a string, or write it in the query as a literal; a JSON number above 2^53 is refused, because it is already rounded.",
  serialize: String,
  parseValue,
  parseLiteral(node) {
    if (node.kind === Kind.INT || node.kind === Kind.STRING) return fromDigits(node.value);
    throw refuse('must be a string of digits or an integer literal, as in "6917528997577384321".');
  },
});
