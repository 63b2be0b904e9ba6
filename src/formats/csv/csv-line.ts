/** @returns the text of one cell, quoted if it contains a comma, quote or line break */
export const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** @returns a line of CSV with its line break; cells with a comma, quote or line break are quoted (RFC 4180) */
export const csvLine = (cells: readonly string[]): string => `${cells.map(quoted).join(",")}\n`;
