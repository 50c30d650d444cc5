/** Before each file of tests in a real DOM: the page's own style sheet, and no word of Lit's being in development mode. */
Object.assign(globalThis, { litIssuedWarnings: new Set(["dev-mode"]) });

const sheet = document.createElement("link");
sheet.rel = "stylesheet";
sheet.href = new URL("../../client/styles/page.css", import.meta.url).href;
await new Promise((resolve, reject) => {
  sheet.addEventListener("load", resolve);
  sheet.addEventListener("error", () => reject(new Error(`no style sheet at ${sheet.href}`)));
  document.head.append(sheet);
});
