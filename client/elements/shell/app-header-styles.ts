import { css } from "lit";
import { shared } from "../../styles/shared.ts";

export const headerStyles = [
  shared,
  css`
    :host {
      display: flex;
      align-items: center;
      gap: 8px 18px;
      padding: 8px 14px;
      border-bottom: 1px solid var(--line);
      background: var(--panel);
    }
    h1 {
      font-size: 1.1875rem;
      font-weight: 700;
      letter-spacing: 0.01em;
    }
    h1 a {
      display: flex;
      align-items: center;
      gap: 10px;
      text-decoration: none;
    }
    svg {
      width: 30px;
      height: 24px;
      fill: none;
      stroke: var(--trace);
      stroke-width: 2.2;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
    .facts {
      flex: 1;
      display: flex;
      align-items: baseline;
      gap: 18px;
      font-size: 0.875rem;
      white-space: nowrap;
    }
    .note {
      font-size: 0.8125rem;
      color: var(--ink-dim);
    }
    .beds {
      display: flex;
      gap: 14px;
    }
    .unmonitored {
      font-weight: 650;
      color: var(--medium);
    }
    nav {
      display: flex;
      gap: 4px;
    }
    nav a {
      padding: 4px 10px;
      border: 1px solid transparent;
      border-radius: 6px;
      font-size: 0.875rem;
      text-decoration: none;
      color: var(--ink-dim);
    }
    nav a:hover {
      color: var(--ink);
    }
    nav a[aria-current] {
      color: var(--ink);
      background: var(--panel-raised);
      border-color: var(--line);
    }
    time {
      font-size: 1.375rem;
      font-weight: 600;
      min-width: 8ch;
      text-align: right;
    }
    /* No room for all in one row: pages and settings stand in a second. */
    @media (max-width: 1700px) {
      :host {
        flex-wrap: wrap;
      }
      :host::after {
        content: "";
        order: 1;
        flex-basis: 100%;
      }
      nav,
      display-settings,
      signed-in,
      page-settings {
        order: 2;
      }
      nav {
        margin-right: auto;
      }
    }
    @media (max-width: 1420px) {
      .facts {
        flex-direction: column;
        gap: 0;
        line-height: 1.25;
      }
    }
    /* Pages and settings stand in one row, in longer words than English has, too. */
    @media (max-width: 1100px) {
      :host {
        column-gap: 10px;
      }
      h1,
      time {
        font-size: 1.0625rem;
      }
      nav a {
        padding: 4px 6px;
        font-size: 0.8125rem;
      }
    }
    @media (max-width: 900px) {
      :host {
        flex-wrap: wrap;
        gap: 6px 10px;
        padding: 8px 10px;
      }
      :host::after {
        display: none;
      }
      page-settings {
        order: 1;
        margin-left: auto;
      }
      time {
        font-size: 1.0625rem;
        margin-left: auto;
      }
      .facts,
      display-settings {
        order: 1;
      }
      .facts {
        font-size: 0.8125rem;
        line-height: 1.3;
      }
      .beds {
        flex-wrap: wrap;
        gap: 0 8px;
      }
      .note {
        font-size: 0.75rem;
      }
      display-settings {
        margin-left: auto;
      }
      nav {
        flex-wrap: wrap;
        order: 2;
        width: 100%;
      }
      nav a {
        flex: 1;
        text-align: center;
        border-color: var(--line);
      }
    }
    /* A phone: what is wrong, and the pages; the rest stands in the settings and the footer. */
    @media (max-width: 600px) {
      h1 a {
        gap: 0;
        font-size: 0;
      }
      connection-state {
        order: 1;
        flex: 1 1 100%;
      }
      .facts {
        flex: none;
      }
      .note,
      .beds > [data-testid="beds"],
      signed-in,
      display-settings {
        display: none;
      }
      nav {
        flex: 1;
        flex-wrap: nowrap;
        min-width: 0;
        width: auto;
        overflow-x: auto;
      }
      nav a {
        flex: none;
        border-color: transparent;
      }
      page-settings {
        order: 3;
      }
    }
    /* A low screen, as a large one at 200 %: one row, which scrolls sideways, leaves the height to the ward. */
    @media (max-height: 500px) {
      :host {
        flex-wrap: nowrap;
        padding: 4px 10px;
        overflow: auto hidden;
      }
      :host::after {
        display: none;
      }
      :host > * {
        flex: none;
      }
      nav {
        flex-wrap: nowrap;
        width: auto;
        order: 0;
      }
      .facts {
        order: 0;
      }
      time {
        order: -1;
        min-width: 0;
        margin-left: 0;
      }
      h1 {
        font-size: 1rem;
      }
    }
  `,
];
