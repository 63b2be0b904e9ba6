/** NULL in COPY's text format. */
export const NULL_TEXT = "\\N";

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/** Escapes text for COPY's text format. */
export const escapeText = (text: string): string => text.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character]!);
