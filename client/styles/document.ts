import { css } from "lit";
import { pressed } from "./shared.ts";

/** Pages that are read: headings, paragraphs, tables of charts/table.ts, forms. */
export const documentStyles = css`
  :host {
    max-width: 1180px;
    margin: 0 auto;
    padding: 4px 6px 40px;
    font-size: 15px;
    line-height: 1.5;
  }
  h1 {
    font-size: 26px;
    line-height: 1.2;
  }
  h2 {
    font-size: 18px;
    font-weight: 650;
    line-height: 1.3;
  }
  section {
    background: var(--panel);
    border: 1px solid var(--line);
    border-radius: 10px;
    padding: 16px 18px;
    margin-top: 12px;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
  }
  p {
    max-width: 80ch;
  }
  .dim {
    color: var(--ink-dim);
    font-size: 14px;
  }
  .missing {
    color: var(--ink-dim);
    border-left: 3px solid var(--line);
    padding-left: 12px;
  }
  .charts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr));
    gap: 16px 24px;
    align-items: start;
  }
  code {
    font-family: ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace;
    font-size: 0.9em;
    overflow-wrap: anywhere;
  }
  .table {
    overflow-x: auto;
  }
  table {
    border-collapse: collapse;
    font-size: 14px;
  }
  caption {
    text-align: left;
    color: var(--ink-dim);
    padding-bottom: 6px;
  }
  th,
  td {
    padding: 4px 14px 4px 0;
    border-bottom: 1px solid var(--line);
    text-align: left;
    vertical-align: top;
  }
  th {
    font-weight: 600;
  }
  tbody th {
    white-space: nowrap;
  }
  thead th {
    color: var(--ink-dim);
    font-weight: 500;
    white-space: nowrap;
  }
  .figure {
    text-align: right;
    white-space: nowrap;
  }
  .generalisation td,
  .generalisation tbody th {
    min-width: 6.5em;
    white-space: nowrap;
  }
  .generalisation tr > :first-child {
    min-width: 11em;
    white-space: normal;
  }
  .generalisation small,
  .generalisation .none {
    font-weight: 400;
    color: var(--ink-dim);
  }
  .generalisation .set th {
    padding-top: 14px;
    white-space: normal;
  }
  button,
  select,
  .button {
    font: inherit;
    font-size: 14px;
    min-height: 34px;
    padding: 4px 12px;
    color: var(--ink);
    background: var(--panel-raised);
    border: 1px solid var(--line);
    border-radius: 6px;
    cursor: pointer;
  }
  button:hover:not(:disabled),
  .button:hover {
    border-color: var(--ink-dim);
  }
  button:disabled {
    color: var(--ink-dim);
    cursor: default;
  }
  ${pressed}
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  @media (max-width: 700px) {
    :host {
      padding: 0 0 24px;
    }
    section {
      padding: 12px;
    }
    h1 {
      font-size: 22px;
    }
    .generalisation tr {
      display: grid;
      grid-template-columns: 1fr 1fr;
      border-bottom: 1px solid var(--line);
    }
    .generalisation th[scope] {
      grid-column: 1 / -1;
    }
    .generalisation tr > * {
      border: none;
    }
    .generalisation thead,
    .generalisation .none {
      display: none;
    }
    .generalisation td::before {
      content: attr(data-head);
      color: var(--ink-dim);
    }
  }
`;

/** A part of such a page with an element of its own: the page around it has the margins. */
export const documentPartStyles = [
  documentStyles,
  css`
    :host {
      padding: 0;
      margin: 0;
      max-width: none;
    }
  `,
];
