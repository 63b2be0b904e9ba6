import { once } from "node:events";
import { type AddressInfo, createConnection, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import Fastify, { type FastifyInstance } from "fastify";
import { addDoor } from "../../src/server/overload/door";
import { JSON_REFUSAL, writeRefusal } from "../../src/server/overload/refusal";

let http: FastifyInstance;
let socket: Socket;
/** What the door says of the requests to come; it lets all later ones pass. */
let refused: boolean[] = [];
beforeAll(async () => {
  http = Fastify();
  addDoor(http, (request, response) => {
    const refuses = refused.shift() ?? false;
    if (refuses) writeRefusal(request, response, JSON_REFUSAL);
    return refuses;
  });
  http.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
  http.post("/graphql", { config: { refusedAtDoor: true } }, async () => "served");
  await http.listen({ host: "127.0.0.1", port: 0 });
});
beforeEach(async () => {
  socket = createConnection((http.server.address() as AddressInfo).port, "127.0.0.1");
  await once(socket, "connect");
});
afterAll(() => http.close());

const post = (target: string, body: string, more = "") =>
  `POST ${target} HTTP/1.1\r\nHost: here\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n${more}\r\n${body}`;

/** @returns the status of each answer on the connection, until the server closes it */
async function statuses(...requests: string[]): Promise<string[]> {
  socket.write(requests.join(""));
  return [...(await text(socket)).matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status!);
}

const LAST = post("/graphql", "", "Connection: close\r\n");

test("a connection is of use after a refusal, whatever the body that nobody read", async () => {
  refused = [true, false, true];
  const large = post("/graphql", "x".repeat(5_000_000));
  expect(await statuses(large, post("/graphql", "small"), large, LAST)).toEqual(["503", "200", "503", "200"]);
});

test("a refusal keeps its turn behind the answers of its connection", async () => {
  refused = [false, true, true];
  expect(await statuses(post("/graphql", "one"), post("/graphql?two", ""), LAST)).toEqual(["200", "503", "503"]);
});

test.each(["/graphq%6C", "http://here/graphql"])("the door knows paths as clients write them; %s is left to the guard", async (target) => {
  refused = [true];
  expect(await statuses(post(target, ""), LAST)).toEqual(["200", "503"]);
});
