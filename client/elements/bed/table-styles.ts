import { css } from "lit";

export const tableStyles = css`
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 13px;
  }
  th {
    font-weight: 500;
    color: var(--ink-dim);
    text-align: left;
    font-size: 12px;
    white-space: nowrap;
  }
  th,
  td {
    padding: 3px 6px;
    height: 30px;
    border-bottom: 1px solid var(--line);
  }
  tr:last-child td {
    border-bottom: none;
  }
  .number {
    text-align: right;
  }
  .sure {
    font-weight: 700;
  }
  .faint {
    color: var(--ink-dim);
  }
  .none {
    padding: 8px 6px;
    color: var(--ink-dim);
    font-size: 13px;
  }
  @media (max-width: 700px) {
    .wide {
      display: none;
    }
    th,
    td {
      padding: 3px;
    }
  }
`;
