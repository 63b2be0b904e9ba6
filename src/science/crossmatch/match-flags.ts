interface Flag {
  readonly bit: number;
  /** for people: files and docs say the same */
  readonly description: string;
}

/** What may be doubtful about a match by position: every flag with its bit. The one list of them. */
const FLAGS = {
  AMBIGUOUS: { bit: 1, description: "another star within the radius is nearly as likely" },
  NO_PROPER_MOTION: { bit: 2, description: "the star's proper motion is not known and counts as zero" },
  NO_EPOCH: { bit: 4, description: "the object's epoch is not known: the star stands where Gaia has it" },
  SHARED: { bit: 8, description: "the star is the best match of another object too" },
} as const satisfies Record<string, Flag>;

export type MatchFlag = keyof typeof FLAGS;

const NAMES = Object.keys(FLAGS) as readonly MatchFlag[];

/** The flags' bits by name. */
export const MATCH_FLAGS = Object.fromEntries(NAMES.map((name) => [name, FLAGS[name].bit])) as {
  readonly [name in MatchFlag]: (typeof FLAGS)[name]["bit"];
};

/** What each flag says of a match: in the API's schema and in files. */
export const MATCH_FLAG_MEANINGS = Object.fromEntries(NAMES.map((name) => [name, FLAGS[name].description])) as Readonly<
  Record<MatchFlag, string>
>;

/** The names and their meanings as one text. */
export const MATCH_FLAG_TEXT: string = NAMES.map((name) => `${name} (${FLAGS[name].description})`).join(", ");

/** The bits, their names and meanings as one text: `1 AMBIGUOUS (...), 2 ...`. */
export const MATCH_FLAG_BITS: string = NAMES.map((name) => `${FLAGS[name].bit} ${name} (${FLAGS[name].description})`).join(", ");

/** @returns the names of the bits that are set */
export const matchFlagNames = (flags: number): MatchFlag[] => NAMES.filter((name) => flags & MATCH_FLAGS[name]);
