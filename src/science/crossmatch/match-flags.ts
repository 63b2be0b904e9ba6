import { flagList } from "../flags";

/** What may be doubtful about a match by position: every flag with its bit. The one list of them. */
const FLAGS = flagList({
  AMBIGUOUS: { bit: 1, description: "another star within the radius is nearly as likely" },
  NO_PROPER_MOTION: { bit: 2, description: "the star's proper motion is not known and counts as zero" },
  NO_EPOCH: { bit: 4, description: "the object's epoch is not known: the star stands where Gaia has it" },
  SHARED: { bit: 8, description: "the star is the best match of another object too" },
});

/** The flags' bits by name. */
export const MATCH_FLAGS = FLAGS.bits;

export type MatchFlag = keyof typeof MATCH_FLAGS;

/** What each flag says of a match: in the API's schema and in files. */
export const MATCH_FLAG_MEANINGS = FLAGS.meanings;

/** The names and their meanings as one text. */
export const MATCH_FLAG_TEXT = FLAGS.text;

/** The bits, their names and meanings as one text: `1 AMBIGUOUS (...), 2 ...`. */
export const MATCH_FLAG_BITS = FLAGS.bitsText;

/** @returns the names of the bits that are set */
export const matchFlagNames = FLAGS.names;
