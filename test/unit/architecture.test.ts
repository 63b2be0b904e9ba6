import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { PACKAGE_ROOT } from "../../src/config";

test.each(["docs/ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"])("every path that %s names exists", (document) => {
  const text = readFileSync(path.join(PACKAGE_ROOT, document), "utf8");
  const named = [...text.matchAll(/`((?:src|training|prisma|test|bench|infra|docs|\.ci)\/[\w./-]*)`/g)].map(([, name = ""]) => name);
  const linked = [...text.matchAll(/\]\((?!https?:|#)([\w./-]+)/g)].map(([, name = ""]) => path.join(path.dirname(document), name));
  expect([...named, ...linked].filter((name) => !existsSync(path.join(PACKAGE_ROOT, name)))).toEqual([]);
});
