/** What of a VOTable document is read. */
export interface VotableOptions {
  /** Which of the tables with data is read, from 0. */
  readonly table?: number;
  /** Takes a result that the service cut off at its limit of rows. */
  readonly acceptOverflow?: boolean | undefined;
}
