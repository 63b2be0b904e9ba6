import { parseValue } from "graphql";
import { SourceId } from "../../src/graphql/scalars/source-id";

const literal = (text: string) => SourceId.parseLiteral(parseValue(text), {});

test.each([
  ["0", 0n],
  ["9007199254740993", 9007199254740993n],
  ["6917528997577384321", 6917528997577384321n],
  ["9223372036854775807", 2n ** 63n - 1n],
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

test.each(["-1", "9223372036854775808", "1e5", "0x10", " 1", "", "NaN", "12345678901234567890123", "१"])(
  "the string '%s' is refused",
  (text) => {
    expect(() => SourceId.parseValue(text)).toThrow("a whole number from 0 to 9223372036854775807");
  },
);

test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, null, true, {}, []])("%p is refused", (value) => {
  expect(() => SourceId.parseValue(value)).toThrow("SourceId");
});

test.each(["1.5", "true", "[1]", "-5", "9223372036854775808"])("the literal %s is refused", (text) => {
  expect(() => literal(text)).toThrow("SourceId");
});
