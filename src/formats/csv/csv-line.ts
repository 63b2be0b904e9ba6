/** @returns one cell's text, quoted where a comma, a quote or a line's end would break the line */
export const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** @returns cells as a line of CSV with its end: quoted where a comma, a quote or a line's end would break it (RFC 4180) */
export const csvLine = (cells: readonly string[]): string => `${cells.map(quoted).join(",")}\n`;
