import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { PACKAGE_ROOT } from "../../src/config";

const TRAINING = path.join(PACKAGE_ROOT, "training");

const FILES = (readdirSync(TRAINING, { recursive: true }) as string[]).filter((file) => file.endsWith(".ts") && !file.includes("assembly"));

/** A folder of training, or of training/families; a file beside the folders is a room of its own. */
function roomOf(file: string): string {
  const [first, second, third] = file.split(path.sep);
  return first === "families" && third !== undefined ? `${first}/${second}` : second === undefined ? first! : first!;
}

/** Which rooms each room imports from. */
function imports(): Map<string, Set<string>> {
  const rooms = new Map<string, Set<string>>();
  for (const file of FILES) {
    const text = readFileSync(path.join(TRAINING, file), "utf8");
    for (const [, given = ""] of text.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)) {
      const target = path.normalize(path.join(path.dirname(file), given));
      if (target.startsWith("..")) continue;
      const [from, to] = [roomOf(file), roomOf(`${target.replace(/\.js$/, "")}.ts`)];
      if (from !== to) rooms.set(from, (rooms.get(from) ?? new Set()).add(to));
    }
  }
  return rooms;
}

/** @returns the rooms of a circle, in order; null if there is none */
function circleIn(rooms: Map<string, Set<string>>): string[] | null {
  const done = new Set<string>();
  const walk = (room: string, way: readonly string[]): string[] | null => {
    if (way.includes(room)) return [...way.slice(way.indexOf(room)), room];
    if (done.has(room)) return null;
    for (const next of rooms.get(room) ?? []) {
      const circle = walk(next, [...way, room]);
      if (circle) return circle;
    }
    done.add(room);
    return null;
  };
  for (const room of rooms.keys()) {
    const circle = walk(room, []);
    if (circle) return circle;
  }
  return null;
}

test("no folders of training import each other in a circle", () => {
  const rooms = imports();
  expect(rooms.size).toBeGreaterThan(15);
  expect(circleIn(rooms)).toBeNull();
});

test("families import neither each other nor what is made of them", () => {
  const families = [...imports()].filter(([room]) => room.startsWith("families/"));
  expect(families.length).toBeGreaterThan(6);
  for (const [, rooms] of families) for (const room of rooms) expect(room).not.toMatch(/^families\/|^values$|^products$/);
});
