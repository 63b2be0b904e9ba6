/** What the parser says at the end of a document whose rest is missing. */
const CUT_OFF = /unclosed tag|unexpected end|document must contain a root element/;

/** @returns what a message says of a document that the XML parser refused */
export const xmlFault = ({ message }: Error): string =>
  CUT_OFF.test(message) ? `is cut off, or not well-formed XML: ${message}. Download it again` : `is not well-formed XML: ${message}`;
