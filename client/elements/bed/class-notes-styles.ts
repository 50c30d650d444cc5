import { css } from "lit";

export const classNotesStyles = css`
  :host {
    display: block;
    padding: 8px 6px 2px;
    font-size: 13px;
  }
  summary {
    color: var(--ink-dim);
    cursor: pointer;
  }
  dl {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 8px 10px;
    margin: 10px 0 0;
  }
  dd {
    margin: 0;
    line-height: 1.4;
  }
`;
