/** What a whole number becomes in a floating-point column: `123.0`, `1.2e5`, `1e+15`. */
const FLOATING = /^[+-]?(\d+\.0*|\d+\.\d*[eE][+-]?\d+|\d+[eE][+-]\d+)$/;

/** Whether the text of an identifier went through a floating-point number, and may have lost digits or gained a fraction. */
export const isFloatingId = (text: string): boolean => FLOATING.test(text);
