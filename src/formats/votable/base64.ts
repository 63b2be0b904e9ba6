import { AppError } from "../../errors";

/** Decodes base64 text in pieces of any length; allows white space between characters. */
export class Base64Decoder {
  private rest = "";
  private padded = false;

  constructor(private readonly file: string) {}

  /** @throws AppError BAD_INPUT at a character that is not base64, or that follows the padding */
  push(text: string): Buffer {
    const clean = this.rest + text.replace(/\s+/g, "");
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(clean) || (this.padded && clean !== ""))
      throw new AppError("BAD_INPUT", `${this.file}: the binary stream is not base64.`);
    const whole = clean.length - (clean.length % 4);
    this.padded ||= clean[whole - 1] === "=";
    this.rest = clean.slice(whole);
    return Buffer.from(clean.slice(0, whole), "base64");
  }

  /** @throws AppError BAD_INPUT if the remaining characters are not a group of four */
  end(): Buffer {
    if (this.rest !== "") throw new AppError("BAD_INPUT", `${this.file}: the binary stream's base64 is cut off.`);
    return Buffer.alloc(0);
  }
}
