import { SaxesParser } from "saxes";
import { AppError } from "../../errors";
import { checkColumnCount } from "../column-limit";
import type { Cell } from "../table";
import { Base64Decoder } from "./base64";
import { BinaryRows } from "./votable-binary";
import { type Field, readField } from "./votable-field";
import { readText } from "./votable-text";

/** Limit of the length of an element's text, a comment or a tag, which bounds the memory. */
const MAX_TEXT_CHARS = 1 << 24;
/** VOTABLE, RESOURCE (which may nest), TABLE, DATA, TABLEDATA, TR, TD: real documents stay below ten. */
const MAX_DEPTH = 100;

type Attributes = Readonly<Record<string, string>>;

/** Parses a VOTable document, in pieces, into the fields and rows of its first table with data. */
export class VotableParser {
  /** The table's columns, set when its data begins. */
  fields: readonly Field[] | null = null;
  private readonly xml = new SaxesParser();
  private readonly path: string[] = [];
  private declared: Field[] = [];
  private rows: Cell[][] = [];
  private row: Cell[] = [];
  private text = "";
  private sinceEvent = 0;
  private serviceFailed = false;
  /** Set inside a STREAM element, whose base64 bypasses the XML parser. */
  private stream: { readonly base64: Base64Decoder; readonly decoder: BinaryRows } | null = null;
  private finished = false;

  constructor(private readonly file: string) {
    this.xml.on("doctype", () => this.fail("holds a document type declaration, which is refused (entities could hide in it)"));
    this.xml.on("error", (error) => this.fail(`is not well-formed XML: ${error.message}`));
    this.xml.on("xmldecl", ({ encoding = "utf-8" }) => {
      if (!/^(utf-8|us-ascii)$/i.test(encoding)) this.fail(`is encoded in ${encoding}; UTF-8 is wanted`);
    });
    this.xml.on("opentag", (tag) => this.open(localName(tag.name), tag.attributes as Attributes));
    this.xml.on("closetag", (tag) => this.close(localName(tag.name)));
    this.xml.on("text", (text) => this.take(text));
    this.xml.on("cdata", (text) => this.take(text));
  }

  push(text: string): void {
    let position = 0;
    while (position < text.length) {
      if (this.stream !== null) {
        const end = text.indexOf("<", position);
        const stop = end === -1 ? text.length : end;
        this.addRows(this.stream.decoder.push(this.stream.base64.push(text.slice(position, stop))));
        position = stop;
        if (end === -1) return;
      }
      // Until the serialisation is known, feed the parser one tag at a time, so that a STREAM can be cut out.
      const next = this.isInTableData() || this.finished ? -1 : text.indexOf(">", position);
      const stop = next === -1 ? text.length : next + 1;
      this.feed(text.slice(position, stop));
      position = stop;
    }
  }

  /** @throws AppError BAD_INPUT if the document is truncated */
  end(): void {
    this.xml.close();
  }

  takeRows(): readonly (readonly Cell[])[] {
    const taken = this.rows;
    this.rows = [];
    return taken;
  }

  private addRows(rows: readonly Cell[][]): void {
    for (const row of rows) this.rows.push(row);
  }

  private feed(piece: string): void {
    this.sinceEvent += piece.length;
    if (this.sinceEvent > MAX_TEXT_CHARS) this.fail("holds an element longer than 16 Mi characters");
    this.xml.write(piece);
  }

  private isInTableData(): boolean {
    return this.path.includes("TABLEDATA");
  }

  private take(text: string): void {
    this.sinceEvent = 0;
    this.text += text;
    if (this.text.length > MAX_TEXT_CHARS) this.fail("holds an element longer than 16 Mi characters");
  }

  private open(name: string, attributes: Attributes): void {
    if (this.path.length === 0 && name !== "VOTABLE") this.fail(`is XML, but a <${name}> and not a VOTABLE`);
    this.path.push(name);
    if (this.path.length > MAX_DEPTH) this.fail(`nests its elements more than ${MAX_DEPTH} deep`);
    this.sinceEvent = 0;
    this.text = "";
    if (this.finished) return;
    if (name === "INFO") this.serviceFailed = attributes.name === "QUERY_STATUS" && attributes.value === "ERROR";
    else if (name === "TABLE") this.declared = [];
    else if (name === "FIELD") this.declare(readField(attributes, this.file));
    else if (name === "VALUES" && attributes.null !== undefined) this.lastField((field) => (field.nullValue = attributes.null!));
    else if (name === "FITS") this.fail("holds its data as FITS, which is not read inside a VOTable; ask the service for BINARY2");
    else if (name === "TABLEDATA" || name === "BINARY" || name === "BINARY2") this.beginData();
    else if (name === "STREAM") this.openStream(attributes);
    else if (name === "TR") this.row = [];
  }

  private declare(field: Field): void {
    this.declared.push(field);
    checkColumnCount(this.declared.length, this.file);
  }

  private beginData(): void {
    if (this.declared.length === 0) this.fail("has a table without columns");
    this.fields = this.declared;
  }

  private openStream({ encoding, href }: Attributes): void {
    if (href !== undefined) this.fail("keeps its data in another file (STREAM href), which is not fetched");
    if (encoding !== "base64") this.fail(`encodes its stream as '${encoding ?? ""}'; base64 is wanted`);
    const masked = this.path.includes("BINARY2");
    this.stream = { base64: new Base64Decoder(this.file), decoder: new BinaryRows(this.declared, masked, this.file) };
  }

  private close(name: string): void {
    this.path.pop();
    this.sinceEvent = 0;
    if (this.finished) return;
    if (name === "TD") this.closeCell();
    else if (name === "TR") this.closeRow();
    else if (name === "STREAM") this.closeStream();
    else if (name === "DATA" && this.fields !== null) this.finished = true;
    else if (name === "DESCRIPTION" && this.path.at(-1) === "FIELD") this.lastField((field) => (field.description = this.text.trim()));
    else if (name === "INFO" && this.serviceFailed) this.fail(`is a service's error message: ${this.text.trim().slice(0, 500)}`);
  }

  private closeCell(): void {
    const field = this.declared[this.row.length];
    if (field === undefined) this.fail(`has a row of more than ${this.declared.length} cells`);
    this.row.push(readText(field, this.text, this.file));
  }

  private closeRow(): void {
    if (this.row.length !== this.declared.length) this.fail(`has a row of ${this.row.length} cells for ${this.declared.length} columns`);
    this.rows.push(this.row);
  }

  private closeStream(): void {
    if (this.stream === null) return;
    this.addRows(this.stream.decoder.push(this.stream.base64.end()));
    this.stream.decoder.end();
    this.stream = null;
  }

  private lastField(change: (field: Field) => void): void {
    const field = this.declared.at(-1);
    if (field !== undefined) change(field);
  }

  private fail(fault: string): never {
    throw new AppError("BAD_INPUT", `${this.file} ${fault}.`);
  }
}

const localName = (name: string): string => name.slice(name.indexOf(":") + 1);
