import { AppError } from "../../errors";

/** Reads what a service says of its answer in INFO elements, before the table or after it (DALI 1.1, section 4.4). */
export class QueryStatus {
  private failing = false;
  private reason = "";

  /**
   * @param acceptOverflow takes a result that the service cut off at its limit of rows
   */
  constructor(
    private readonly file: string,
    private readonly acceptOverflow: boolean,
  ) {}

  open({ name, value }: Readonly<Record<string, string>>): void {
    const about = name?.trim().toUpperCase();
    this.reason = value ?? "";
    // Cone searches and image services of the first generation report by a name alone.
    this.failing = about === "ERROR";
    if (about !== "QUERY_STATUS") return;
    const status = value?.trim().toUpperCase();
    this.failing = status === "ERROR";
    if (this.failing) this.reason = "";
    if (status === "OVERFLOW" && !this.acceptOverflow)
      throw new AppError(
        "BAD_INPUT",
        `${this.file} is a part of a result: the service cut it off at its limit of rows (QUERY_STATUS OVERFLOW). Ask for less at once, or accept it with --accept-overflow.`,
      );
  }

  /** @param text of the INFO element that ends @throws AppError BAD_INPUT if it reports a failure */
  close(text: string): void {
    if (!this.failing) return;
    throw new AppError(
      "BAD_INPUT",
      `${this.file} is not a whole result: it is, or ends with, a service's error message: ${(text.trim() || this.reason.trim()).slice(0, 500) || "no reason is given"}.`,
    );
  }
}
