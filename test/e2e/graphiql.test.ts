import { writeFileSync } from "node:fs";
import type { App } from "../../src/server/app";
import { openApi } from "../support/api";
import { openServices } from "../support/api-services";
import { CHROMIUM, openPage } from "../support/browser";
import { BRIGHT_STAR, insertNamedStars } from "../support/named-stars";

let services: Awaited<ReturnType<typeof openServices>>;
let app: App;
let url: string;
beforeAll(async () => {
  services = await openServices();
  await insertNamedStars(services.database);
  ({ app, url } = await openApi(services));
});
afterAll(async () => {
  await app.close();
  await services.close();
});

/** Resolves to the text of the element once it matches, or after half a minute to whatever it is. */
const textOf = (selector: string, pattern: RegExp) => `new Promise((resolve) => {
  const look = (left) => {
    const text = document.querySelector(${JSON.stringify(selector)})?.textContent ?? "";
    return ${pattern}.test(text) || left === 0 ? resolve(text) : setTimeout(look, 100, left - 1);
  };
  look(300);
})`;

const title = "GraphiQL opens without the internet, shows the documentation and runs its first query";
(CHROMIUM ? test : test.skip)(CHROMIUM ? title : `${title} (skipped: there is no chromium)`, async () => {
  const page = await openPage(url);
  try {
    expect(await page.evaluate(textOf(".graphiql-doc-explorer", /Query/))).toContain("Root Types");
    await page.evaluate('document.querySelector(".graphiql-execute-button").click()');
    expect(await page.evaluate(textOf(".result-window", /sourceId/))).toContain(BRIGHT_STAR.toString());
    if (process.env.ASTERISM_SCREENSHOT) writeFileSync(process.env.ASTERISM_SCREENSHOT, await page.screenshot());
    expect(page.complaints).toEqual([]);
  } finally {
    await page.close();
  }
});
