// Copies GraphiQL's page from the packages that it is made of, of which a server then needs none.
import { cpSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const target = new URL("../../dist/src/server/graphiql/", import.meta.url);

const ASSETS = {
  "react.js": ["react", "umd/react.production.min.js"],
  "react-dom.js": ["react-dom", "umd/react-dom.production.min.js"],
  "graphiql.js": ["graphiql", "graphiql.min.js"],
  "graphiql.css": ["graphiql", "graphiql.min.css"],
};

for (const [name, [packageName, file]] of Object.entries(ASSETS))
  cpSync(path.join(path.dirname(require.resolve(`${packageName}/package.json`)), file), fileURLToPath(new URL(name, target)));
