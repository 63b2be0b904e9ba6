type AttributeValue = string | number;

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Label and file names come from outside: none may become markup. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character]!);
}

/** A hundredth of a pixel is more than can be seen, and keeps files small. */
const show = (value: AttributeValue) => (typeof value === "number" ? String(Math.round(value * 100) / 100) : escapeText(value));

/** @param content markup, not text: give text to `text` */
export function element(name: string, attributes: Readonly<Record<string, AttributeValue>>, content = ""): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${show(value)}"`);
  return content ? `<${name}${written.join("")}>${content}</${name}>` : `<${name}${written.join("")}/>`;
}

export interface TextStyle {
  readonly anchor?: "start" | "middle" | "end";
  readonly size?: number;
  readonly weight?: number;
  readonly fill?: string;
  readonly turned?: boolean;
}

/** @param x,y pixels: the anchor on the text's baseline */
export function text(x: number, y: number, content: string, style: TextStyle = {}): string {
  const { anchor = "middle", size = 13, weight = 400, fill = INK, turned = false } = style;
  const attributes = { x, y, "text-anchor": anchor, "font-size": size, "font-weight": weight, fill };
  return element("text", turned ? { ...attributes, transform: `rotate(-90 ${show(x)} ${show(y)})` } : attributes, escapeText(content));
}

export const INK = "#1f2430";
export const FAINT = "#e4e7ec";

/** A whole file with a white ground, readable in a browser and in a paper. */
export function document(width: number, height: number, title: string, content: readonly string[]): string {
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: "img",
    "font-family": "Inter, 'Helvetica Neue', Helvetica, Arial, 'DejaVu Sans', sans-serif",
  };
  const ground = element("rect", { width, height, fill: "#ffffff" });
  return `${element("svg", attributes, `\n${[element("title", {}, escapeText(title)), ground, ...content].join("\n")}\n`)}\n`;
}
