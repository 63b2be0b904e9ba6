type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * How far a number may lie from the printed one. A network that is trained on another kind of processor is not the same to
 * the last digit: a predicted value may differ by half of its stated error, an error by a fifth, a share by a twentieth. All else is exact.
 */
function tolerance(name: string, printed: number, beside: Fields): number {
  if (name === "value" && typeof beside.uncertainty === "number") return beside.uncertainty / 2;
  if (name === "uncertainty" || name === "rmse") return 0.2 * printed;
  return name === "coverage" ? 0.05 : 0;
}

function differ(printed: unknown, found: unknown, place: string, name: string, beside: Fields): string[] {
  if (typeof printed === "number" && typeof found === "number")
    return Math.abs(printed - found) <= tolerance(name, printed, beside) ? [] : [`${place}: ${found}, not ${printed}`];
  if (Array.isArray(printed) && Array.isArray(found) && printed.length === found.length)
    return printed.flatMap((one, index) => differ(one, found[index], `${place}[${index}]`, name, {}));
  if (isFields(printed) && isFields(found) && Object.keys(printed).join() === Object.keys(found).join())
    return Object.entries(printed).flatMap(([key, one]) => differ(one, found[key], `${place}.${key}`, key, printed));
  return printed === found ? [] : [`${place}: ${JSON.stringify(found)}, not ${JSON.stringify(printed)}`];
}

/** @returns where an answer of the API is not what a document prints, with both */
export function differences(printed: unknown, found: unknown): string[] {
  return differ(printed, JSON.parse(JSON.stringify(found)), "data", "", {});
}
