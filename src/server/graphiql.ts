import { readFileSync } from "node:fs";
import path from "node:path";
import type { FastifyPluginAsync } from "fastify";

/** Files of the page, copied from the packages by `npm run graphiql`: no other hosts. */
const ASSETS = ["react.js", "react-dom.js", "graphiql.js", "graphiql.css"];

const WELCOME = `# asterism: press the play button to run this query; the book icon opens the documentation.
# Ask for one star by its id with: star(sourceId: "...") { ... }
query BrightStars {
  stars(first: 5, order: { by: PHOT_G_MEAN_MAG }) {
    nodes {
      sourceId
      synthetic
      ra
      dec
      photGMeanMag
      bpRp
      parallax
      surveyLabels {
        survey
        teff
        logg
        feh
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`;

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>asterism</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/graphiql/graphiql.css">
<link rel="stylesheet" href="/graphiql/page.css">
</head>
<body>
<div id="graphiql">Loading GraphiQL; GraphQL itself is at <code>/graphql</code>.</div>
<script src="/graphiql/react.js"></script>
<script src="/graphiql/react-dom.js"></script>
<script src="/graphiql/graphiql.js"></script>
<script src="/graphiql/page.js"></script>
</body>
</html>
`;

const PAGE_STYLE = "html, body, #graphiql { height: 100vh; margin: 0; }\n";

const PAGE_SCRIPT = `const properties = {
  fetcher: GraphiQL.createFetcher({ url: "/graphql" }),
  defaultQuery: ${JSON.stringify(WELCOME)},
  defaultEditorToolsVisibility: false,
  visiblePlugin: "Documentation Explorer",
};
ReactDOM.createRoot(document.getElementById("graphiql")).render(React.createElement(GraphiQL, properties));
`;

const TYPES = { html: "text/html; charset=utf-8", js: "text/javascript; charset=utf-8", css: "text/css; charset=utf-8" } as const;

/** GraphiQL at `/`; works without the internet. */
export const graphiql: FastifyPluginAsync = async (http) => {
  const serve = (url: string, type: keyof typeof TYPES, content: string | Buffer) =>
    http.get(url, async (_request, reply) => reply.type(TYPES[type]).header("cache-control", "public, max-age=3600").send(content));
  serve("/", "html", PAGE);
  serve("/graphiql/page.js", "js", PAGE_SCRIPT);
  serve("/graphiql/page.css", "css", PAGE_STYLE);
  for (const name of ASSETS)
    serve(`/graphiql/${name}`, name.endsWith(".css") ? "css" : "js", readFileSync(path.join(__dirname, "graphiql", name)));
};
