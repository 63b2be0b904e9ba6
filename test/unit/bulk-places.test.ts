import { Pace } from "../../src/server/bulk/pace";
import { type Place, Places } from "../../src/server/bulk/places";
import { networkOf } from "../../src/server/client/network";

let time: number;
const now = () => time;
beforeEach(() => {
  time = 0;
});
const SECOND = 1000;
const KIB = 1024;

test("a client is slow once it has taken nothing for half a minute", () => {
  const pace = new Pace(now);
  pace.waits();
  time = 30 * SECOND;
  expect(pace.credit).toBe(0);
  time++;
  expect(pace.credit).toBeLessThan(0);
});

test.each([
  [33, false],
  [30, true],
])("a client that takes %i KiB a second for ten minutes: slow %s", (rate, slow) => {
  const pace = new Pace(now);
  pace.waits();
  for (; time < 600 * SECOND; time += SECOND) pace.moved(rate * KIB);
  pace.moved(rate * KIB);
  time += SECOND;
  expect(pace.credit < 0).toBe(slow);
});

test("what a client took at once is no credit for an hour", () => {
  const pace = new Pace(now);
  pace.waits();
  pace.moved(2 ** 30);
  expect(pace.credit).toBe(30 * SECOND);
});

test("the time of the server's own work is not the client's", () => {
  const pace = new Pace(now);
  for (let chunk = 0; chunk < 100; chunk++) {
    time += 600 * SECOND;
    pace.waits();
    time += SECOND;
    pace.moved(64 * KIB);
    pace.rests();
  }
  expect(pace.credit).toBe(30 * SECOND);
});

/** Places that are taken by clients who are waited for, one of each network. */
function take(places: Places, networks: readonly string[], ended: string[] = []): Place[] {
  return networks.map((network) => {
    const place = places.take(network, () => ended.push(network));
    place.pace.waits();
    return place;
  });
}

const networks = (count: number) => Array.from({ length: count }, (_, n) => `network ${n}`);
const OVERLOADED = expect.objectContaining({ code: "OVERLOADED" });

test("the seventeenth transfer is refused, until one has ended", () => {
  const places = new Places(now);
  const [first] = take(places, networks(16));
  expect(() => take(places, ["late"])).toThrow(OVERLOADED);
  first!.leave();
  first!.leave();
  take(places, ["late"]);
  expect(() => take(places, ["later"])).toThrow(OVERLOADED);
});

test("one network has half of the places, and leaves the others to others", () => {
  const places = new Places(now);
  take(
    places,
    Array.from({ length: 8 }, () => "greedy"),
  );
  expect(() => take(places, ["greedy"])).toThrow(OVERLOADED);
  take(places, networks(8));
  expect(() => take(places, ["late"])).toThrow(OVERLOADED);
});

test("a slow client loses its place where another needs it, the slowest first, and keeps it where nobody does", () => {
  const places = new Places(now);
  const ended: string[] = [];
  const held = take(places, networks(15), ended);
  time = 60 * SECOND;
  for (const [n, { pace }] of held.entries()) if (n !== 3 && n !== 5) pace.moved(10 * KIB * KIB);
  held[5]!.pace.moved(KIB);
  take(places, ["one more"], ended);
  expect(ended).toEqual([]);
  take(places, ["late"], ended);
  expect(ended).toEqual(["network 3"]);
  take(places, ["later"], ended);
  expect(ended).toEqual(["network 3", "network 5"]);
  expect(() => take(places, ["too late"], ended)).toThrow(OVERLOADED);
});

test("who has all its network's places gets that of its own slowest, not another's", () => {
  const places = new Places(now);
  const ended: string[] = [];
  take(places, ["other"], ended);
  time = SECOND;
  const own = take(
    places,
    Array.from({ length: 8 }, () => "own"),
    ended,
  );
  time = 40 * SECOND;
  for (const { pace } of own.slice(1)) pace.moved(KIB * KIB);
  take(places, ["own"], ended);
  expect(ended).toEqual(["own"]);
});

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2"],
  ["2001:db8:1:2::9", "2001:db8:1:2"],
  ["2001:db8::9", "2001:db8:0:0"],
  ["::1", "0:0:0:0"],
  ["", ""],
])("%s belongs to network %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});
