import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { PACKAGE_ROOT } from "../../src/config";
import { createApp } from "../../src/server/app";
import { listen } from "../../src/server/listen";

interface Panel {
  readonly title: string;
  readonly targets?: readonly { readonly expr: string }[];
}

const read = (file: string) => readFileSync(path.join(PACKAGE_ROOT, "infra", file), "utf8");
const { uid, panels } = JSON.parse(read("grafana/dashboard.json")) as { uid: string; panels: Panel[] };

/** What a server exports, under every name by which it can be asked for. */
async function exportedNames(): Promise<Set<string>> {
  const app = await createApp({ logLevel: "silent", concurrency: 1 });
  const url = await listen(app, { host: "127.0.0.1", port: 0 });
  const body = await (await fetch(`${url}/metrics`)).text();
  await app.close();
  const types = [...body.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
  return new Set(
    types.flatMap(([, name, type]) => (type === "histogram" ? ["_bucket", "_sum", "_count"].map((end) => name + end) : [name!])),
  );
}

test("every metric that the dashboard asks for is exported", async () => {
  const names = await exportedNames();
  const asked = panels.flatMap(({ title, targets = [] }) =>
    targets.flatMap(({ expr }) => [...expr.matchAll(/\b(?:asterism|nodejs|process)_\w+/g)].map(([name]) => ({ title, name }))),
  );
  expect(asked.length).toBeGreaterThan(20);
  expect(asked.filter(({ name }) => !names.has(name))).toEqual([]);
});

test("every metric of ours is on the dashboard and in the documentation", async () => {
  const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)).join("\n");
  const documented = readFileSync(path.join(PACKAGE_ROOT, "docs/operations.md"), "utf8");
  const ours = new Set(
    [...(await exportedNames())].filter((name) => name.startsWith("asterism_")).map((name) => name.replace(/_(bucket|sum|count)$/, "")),
  );
  expect([...ours].filter((name) => !documented.includes(`\`${name}\``))).toEqual([]);
  expect([...ours].filter((name) => name !== "asterism_info" && !expressions.includes(name))).toEqual([]);
});

test("every metric that an alert asks for is exported, and compose hands the rules to Prometheus", async () => {
  const { groups } = parse(read("prometheus/alerts.yaml")) as {
    groups: { rules: { alert: string; expr: string; annotations: { summary: string; action: string } }[] }[];
  };
  const names = await exportedNames();
  const rules = groups.flatMap((group) => group.rules);
  const asked = rules.flatMap(({ alert, expr }) =>
    [...expr.matchAll(/\b(?:asterism|nodejs|process)_\w+/g)].map(([name]) => ({ alert, name })),
  );
  expect(asked.length).toBeGreaterThan(8);
  expect(asked.filter(({ name }) => !names.has(name))).toEqual([]);
  expect(rules.filter(({ annotations }) => !annotations.summary || !annotations.action)).toEqual([]);
  const { services } = parse(read("compose.yaml")) as { services: Record<string, { volumes: string[] }> };
  expect(services.prometheus?.volumes).toContain("./prometheus/alerts.yaml:/etc/prometheus/alerts.yaml:ro");
  expect(parse(read("prometheus/prometheus.yaml"))).toMatchObject({ rule_files: ["alerts.yaml"] });
});

test("compose hands Grafana the dashboard, and Prometheus the server's address", () => {
  const { services } = parse(read("compose.yaml")) as {
    services: Record<string, { volumes: string[]; environment: Record<string, string> }>;
  };
  expect(services.grafana?.volumes).toContain("./grafana/dashboard.json:/etc/asterism/dashboard.json:ro");
  expect(parse(read("grafana/provisioning/dashboards/asterism.yaml"))).toMatchObject({
    providers: [{ options: { path: "/etc/asterism" } }],
  });
  const { datasources } = parse(read("grafana/provisioning/datasources/prometheus.yaml")) as { datasources: { uid: string }[] };
  const sources = [...read("grafana/dashboard.json").matchAll(/"datasource": \{\s+"type": "prometheus",\s+"uid": "(\w+)"/g)].map(
    ([, source]) => source,
  );
  expect(new Set(sources)).toEqual(new Set([datasources[0]!.uid]));
  expect(parse(read("prometheus/prometheus.yaml"))).toMatchObject({
    scrape_configs: [{ static_configs: [{ targets: [`server:${services.server!.environment.PORT}`] }] }],
  });
  expect(uid).toBe("asterism");
});
