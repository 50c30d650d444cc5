/** Style of a report. The classes' hues are the dashboard's; on white they are darker. */
export const PAGE_CSS = `
:root {
  color-scheme: light dark;
  --bg: #f4f6f8; --panel: #ffffff; --line: #d5dde4; --ink: #17222c; --ink-dim: #55636f;
  --beat-N: #5b7183; --beat-S: #7a5af0; --beat-V: #d02f86; --beat-F: #cf5f10; --beat-Q: #8895a0;
  --chart-rule: rgb(100 125 150 / 0.25); --chart-right: #7db8f5; --chart-wrong: #f5a86a;
  --chart-1: #0a6fb8; --chart-2: #c4560a; --chart-3: #0c8a66; --chart-4: #a34a8a; --chart-5: #86700a; --chart-6: #3a5ad0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #070b10; --panel: #0d131a; --line: #22303d; --ink: #eaf1f7; --ink-dim: #93a6b6;
    --beat-N: #8ba0b0; --beat-S: #b9a3ff; --beat-V: #ff8ccb; --beat-F: #ff9f5a; --beat-Q: #c3ced8;
    --chart-rule: rgb(130 170 200 / 0.18); --chart-right: #1f62ad; --chart-wrong: #9a4a12;
    --chart-1: #55b1f2; --chart-2: #ff9a5c; --chart-3: #45d3a5; --chart-4: #e79ccb; --chart-5: #d8bb45; --chart-6: #9db2ff;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 24px 20px 64px; max-width: 1180px; background: var(--bg); color: var(--ink); line-height: 1.5;
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
  font-variant-numeric: tabular-nums;
}
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 4px; }
h2 { font-size: 19px; margin: 0 0 10px; }
h3 { font-size: 15px; margin: 18px 0 6px; }
.subtitle, .dim, caption { color: var(--ink-dim); }
.subtitle { margin: 0; }
p { max-width: 80ch; margin: 0 0 12px; }
nav { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 16px 0; font-size: 14px; }
a { color: inherit; }
section {
  background: var(--panel); border: 1px solid var(--line); border-radius: 10px; padding: 18px 20px; margin: 16px 0;
  overflow-x: auto;
}
svg.chart { display: block; max-width: 100%; height: auto; margin: 6px 0 14px; }
.beside { display: flex; flex-wrap: wrap; gap: 8px 28px; align-items: flex-start; }
.beside > div { min-width: 0; max-width: 100%; }
.table { overflow-x: auto; max-width: 100%; margin: 6px 0 14px; }
table { border-collapse: collapse; font-size: 14px; }
caption { text-align: left; padding-bottom: 6px; font-size: 14px; }
th, td { padding: 4px 12px 4px 0; text-align: left; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; }
tbody th { white-space: nowrap; }
thead th { color: var(--ink-dim); font-weight: 500; }
.figure { text-align: right; white-space: nowrap; }
.generalisation td, .generalisation tbody th { min-width: 6.5em; white-space: nowrap; }
.generalisation tr > :first-child { min-width: 11em; white-space: normal; }
.generalisation small, .generalisation .none { font-weight: 400; color: var(--ink-dim); }
.generalisation .set th { padding-top: 14px; white-space: normal; }
code { font-family: ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace; font-size: 0.92em; overflow-wrap: anywhere; }
.missing { border-left: 3px solid var(--line); padding-left: 12px; color: var(--ink-dim); }
@media (max-width: 640px) {
  body { padding: 14px 10px 40px; }
  section { padding: 14px 12px; }
  svg.chart { max-width: none; }
  .beside > div { overflow-x: auto; }
  .generalisation tr { display: grid; grid-template-columns: 1fr 1fr; border-bottom: 1px solid var(--line); }
  .generalisation th[scope] { grid-column: 1 / -1; }
  .generalisation tr > * { border: 0; }
  .generalisation thead, .generalisation .none { display: none; }
  .generalisation td::before { content: attr(data-head); color: var(--ink-dim); }
}
@media print {
  body { background: none; padding: 0; }
  nav { display: none; }
  section { border: 0; padding: 0; break-inside: auto; overflow: visible; }
  svg.chart, tr { break-inside: avoid; }
}
`;
