/** A unit as powers of symbols: { K: 1, mag: -1 }; without any it is a pure number. */
export type Unit = ReadonlyMap<string, number>;

export const PURE: Unit = new Map();
export const MAG: Unit = new Map([["mag", 1]]);
export const DEX: Unit = new Map([["dex", 1]]);

/** @param text one symbol of whatever spelling, or `-` for a pure number */
export function unitOf(text: string): Unit {
  return text === "-" || text === "" ? PURE : new Map([[text, 1]]);
}

function combine(left: Unit, right: Unit, times: number): Unit {
  const powers = new Map(left);
  for (const [symbol, power] of right) powers.set(symbol, (powers.get(symbol) ?? 0) + times * power);
  return new Map([...powers].filter(([, power]) => power !== 0));
}

export const product = (left: Unit, right: Unit): Unit => combine(left, right, 1);
export const quotient = (left: Unit, right: Unit): Unit => combine(left, right, -1);
export const raised = (unit: Unit, power: number): Unit => combine(PURE, unit, power);

/** @returns `mag`, `K/mag`, `mas^0.5`, `1/pc`, `-` */
export function unitText(unit: Unit): string {
  const written = (symbol: string, power: number) => (power === 1 ? symbol : `${symbol}^${Number(power.toPrecision(6))}`);
  const above = [...unit].filter(([, power]) => power > 0).map(([symbol, power]) => written(symbol, power));
  const below = [...unit].filter(([, power]) => power < 0).map(([symbol, power]) => written(symbol, -power));
  if (below.length === 0) return above.join("*") || "-";
  return [above.join("*") || "1", ...below].join("/");
}

/** Magnitudes and dex are both logarithms, and formulas for absolute magnitudes add them. */
const isLogarithm = (unit: Unit): boolean => unit.size === 1 && (unit.get("mag") === 1 || unit.get("dex") === 1);

/** What may stand in an exponent. */
export const isPureOrLogarithm = (unit: Unit): boolean => unit.size === 0 || isLogarithm(unit);

/** @returns the unit of a sum or of the smaller of two; null where the two cannot be added */
export function commonUnit(left: Unit, right: Unit): Unit | null {
  if (unitText(left) === unitText(right)) return left;
  return isLogarithm(left) && isLogarithm(right) ? MAG : null;
}
