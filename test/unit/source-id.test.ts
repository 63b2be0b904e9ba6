import { parseValue } from "graphql";
import { SourceId } from "../../src/graphql/scalars/source-id";
import { readSourceId, SourceIdFault } from "../../src/science/source-id";

const literal = (text: string) => SourceId.parseLiteral(parseValue(text), {});

test.each([
  ["1", 1n],
  ["9007199254740993", 9007199254740993n],
  ["6917528997577384321", 6917528997577384321n],
  ["6917529027641081855", 12n * 4n ** 12n * 2n ** 35n - 1n],
])("%s keeps every digit as a literal, as a string and on the way out", (text, id) => {
  expect(literal(text)).toBe(id);
  expect(literal(`"${text}"`)).toBe(id);
  expect(SourceId.parseValue(text)).toBe(id);
  expect(SourceId.serialize(id)).toBe(text);
});

test("a JSON number is taken while it is exact", () => {
  expect(SourceId.parseValue(Number.MAX_SAFE_INTEGER)).toBe(9007199254740991n);
});

test("a JSON number above 2^53 is refused and told to come as a string", () => {
  expect(() => SourceId.parseValue(JSON.parse("6917528997577384321"))).toThrow(/lost its last digits.*send it as a string/);
});

test.each([
  "0",
  "-1",
  "6917529027641081856",
  "9223372036854775807",
  "6.917528997577384e18",
  "Gaia DR3 1",
  "1e5",
  "0x10",
  " 1",
  "",
  "NaN",
  "12345678901234567890123",
  "१",
])("the string '%s' is refused", (text) => {
  expect(() => SourceId.parseValue(text)).toThrow("a whole number from 1 to 6917529027641081855");
});

test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, null, true, {}, []])("%p is refused", (value) => {
  expect(() => SourceId.parseValue(value)).toThrow("SourceId");
});

test.each(["1.5", "true", "[1]", "-5", "6917529027641081856"])("the literal %s is refused", (text) => {
  expect(() => literal(text)).toThrow("SourceId");
});

test.each([
  ["digits", "6917528997577384321"],
  ["a designation", "Gaia DR3 6917528997577384321"],
  ["a designation of EDR3", "Gaia EDR3 6917528997577384321"],
  ["a 64-bit integer", 6917528997577384321n],
  ["an array of one", [6917528997577384321n]],
])("%s is a source_id, every digit kept", (_what, value) => {
  expect(readSourceId(value, 3)).toBe(6917528997577384321n);
});

test.each([
  ["what a double prints", "6.917528997577384e+18", "source_id is a rounded number"],
  ["a whole number with a point", "4295806720.0", "source_id is a rounded number"],
  ["a number beyond 2^53", 6917528997577384000, "source_id is a rounded number"],
  ["a fraction", 1.5, "source_id is a rounded number"],
  ["a pixel beyond the sphere", "6917529027641081856", "source_id out of range"],
  ["a negative number", -5n, "source_id out of range"],
  ["zero, which stands for none", "0", "source_id out of range"],
  ["another release", "Gaia DR2 4295806720", "source_id of DR2, not of DR3"],
  ["a name", "NR Lyr", "not a source_id"],
  ["an array of two", [1n, 2n], "not a source_id"],
])("%s is refused, with its reason", (_what, value, reason) => {
  const fault = readSourceId(value, 3);
  expect(fault).toBeInstanceOf(SourceIdFault);
  expect((fault as SourceIdFault).reason).toBe(reason);
});
