import { createServer } from "node:http";
import { announce } from "../peers/peer-process";

/** As little as a server on Node can do: it reads a request's body and answers the same bytes to each. */

const BODY = JSON.stringify({ data: { padding: "x".repeat(500) } });

const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(BODY) });
    response.end(BODY);
  });
});
announce(server);
