import { AppError } from "../../../src/errors";

/** Where a piece of an expression stands: characters `start` (included) to `end` (excluded), from 0. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** So much of an expression is shown. */
const SHOWN = 200;

/** A mistake in an expression: the message shows the expression, the place and what was expected there. */
export class ExpressionError extends AppError {
  /**
   * @param text the whole expression
   * @param fault what was expected and what came, as the end of a sentence
   */
  constructor(
    readonly text: string,
    readonly place: Place,
    readonly fault: string,
  ) {
    const found = text.slice(place.start, place.end);
    const where = found === "" ? "at its end" : `at character ${place.start + 1}, '${found}'`;
    super("BAD_INPUT", `The expression '${text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text}' ${where}: ${fault}.`);
  }
}
