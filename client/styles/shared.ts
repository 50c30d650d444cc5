import { msg } from "@lit/localize";
import { css, html } from "lit";

/** What every element's style begins with. */
export const shared = css`
  :host {
    display: block;
    box-sizing: border-box;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p,
  ol,
  ul,
  dl,
  dd,
  table {
    margin: 0;
    padding: 0;
  }
  ol,
  ul {
    list-style: none;
  }
  a {
    color: inherit;
  }
  :focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
    border-radius: 4px;
  }
  .hidden-visually {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

/** A panel with a heading, as in a bed's view. */
export const panel = css`
  :host {
    background: var(--panel);
    border: 1px solid var(--line);
    border-radius: 10px;
    padding: 12px 14px 14px;
    min-width: 0;
  }
  h2 {
    font-size: 13px;
    font-weight: 600;
    color: var(--ink-dim);
    margin-bottom: 8px;
  }
`;

/** What has a priority as its class has its colour. */
export const priorityInks = css`
  .high {
    color: var(--high);
  }
  .medium {
    color: var(--medium);
  }
  .low {
    color: var(--low);
  }
`;

/** A row of what may be done to the traces above or below it. */
export const toolRow = css`
  :host {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.375rem 0.875rem;
    padding: 0.375rem 0.75rem;
    font-size: 0.875rem;
  }
`;

/** Of buttons that stay pressed: which are. */
export const pressed = css`
  button[aria-pressed="true"],
  button[aria-selected="true"] {
    border-color: var(--focus);
    box-shadow: inset 0 0 0 1px var(--focus);
  }
`;

/** Buttons, menus and fields. */
export const controls = css`
  button,
  select,
  input:not([type="checkbox"], [type="range"], [type="file"]) {
    font: inherit;
    min-height: 2rem;
    padding: 0.25rem 0.625rem;
    color: var(--ink);
    background: var(--panel-raised);
    border: 1px solid var(--line);
    border-radius: 6px;
  }
  button {
    cursor: pointer;
  }
  button:hover:enabled {
    border-color: var(--ink-dim);
  }
  button:disabled {
    color: var(--ink-dim);
    cursor: default;
  }
  dialog :is(button, select) {
    background: var(--panel);
  }
  ${pressed}
`;

/** What opens over the page. */
export const dialogs = css`
  dialog {
    max-width: min(28rem, 100vw - 2rem);
    padding: 1rem 1.25rem;
    color: var(--ink);
    background: var(--panel-raised);
    border: 1px solid var(--line);
    border-radius: 10px;
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 0.55);
  }
  dialog h2 {
    font-size: 1.125rem;
  }
`;

/** Behind a clock that stands, for whom does not see that it is struck out. */
export const stoppedWords = () => html`<span class="hidden-visually"> ${msg("stopped")}</span>`;

/** A clock that stands, because the page is cut off: class `stopped`. */
export const stoppedClock = css`
  .stopped {
    text-decoration: line-through;
    text-decoration-thickness: 0.12em;
  }
`;
