import { Socket } from "node:net";
import { Budgets } from "../../src/server/client/budgets";
import { Clients } from "../../src/server/client/clients";

function request(address: string, forwarded?: string) {
  const socket = new Socket();
  Object.defineProperty(socket, "remoteAddress", { value: address });
  return { socket, headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded } };
}

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:db8:1:2::9", "2001:db8:1:2"],
])("the client at %s is %s: an IPv6 network counts as one", (address, client) => {
  expect(new Clients([]).of(request(address))).toBe(client);
});

test("X-Forwarded-For is believed only from a trusted proxy", () => {
  expect(new Clients([]).of(request("10.0.0.1", "192.0.2.7"))).toBe("10.0.0.1");
  const clients = new Clients(["10.0.0.0/8", "fd00::1"]);
  expect(clients.of(request("203.0.113.5", "192.0.2.7"))).toBe("203.0.113.5");
  expect(clients.of(request("::ffff:10.0.0.1", "192.0.2.7"))).toBe("192.0.2.7");
  expect(clients.of(request("fd00::1", "2001:db8:1:2::9"))).toBe("2001:db8:1:2");
});

test("behind proxies the client is the last address that is not theirs: what stands before may be invented", () => {
  const clients = new Clients(["10.0.0.0/8"]);
  expect(clients.of(request("10.0.0.1", "1.1.1.1, 192.0.2.7, 10.0.0.2"))).toBe("192.0.2.7");
  expect(clients.of(request("10.0.0.1"))).toBe("10.0.0.1");
  expect(clients.of(request("10.0.0.1", "not an address"))).toBe("not an address");
});

test("a client that has spent its budget is told for how long, and others are not concerned", async () => {
  const budgets = new Budgets(100, false);
  expect(await budgets.spend("192.0.2.7", 60)).toEqual({ cost: 40, seconds: 60, exceeded: false });
  expect(budgets.exhaustedFor("192.0.2.7")).toBe(0);
  expect(await budgets.spend("192.0.2.7", 60)).toMatchObject({ cost: 0, exceeded: true });
  expect(budgets.exhaustedFor("192.0.2.7")).toBeGreaterThan(0);
  expect(budgets.exhaustedFor("192.0.2.8")).toBe(0);
  expect(budgets.headers({ cost: 40, seconds: 60, exceeded: false })).toEqual({
    "ratelimit-policy": '"cost";q=100;w=60',
    ratelimit: '"cost";r=40;t=60',
  });
});

test("clients on this machine have no budget, unless a proxy on it tells its clients apart", () => {
  for (const local of ["127.0.0.1", "0:0:0:0"]) expect(new Budgets(100, false).spend(local, 1000)).toBeNull();
  expect(new Budgets(100, true).spend("127.0.0.1", 1)).not.toBeNull();
  expect(new Budgets(0, true).spend("192.0.2.7", 1000)).toBeNull();
});
