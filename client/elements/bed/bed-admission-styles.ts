import { css } from "lit";
import { panel, shared } from "../../styles/shared.ts";

export const admissionStyles = [
  shared,
  panel,
  css`
    .who {
      font-size: 0.875rem;
      color: var(--ink-dim);
    }
    .who b {
      font-size: 1.125rem;
      color: var(--ink);
    }
    form,
    .move {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0.5rem;
    }
    form {
      margin-top: 0.5rem;
      font-size: 0.875rem;
    }
    input {
      width: 14ch;
    }
    input[name="name"] {
      width: 22ch;
    }
    input,
    select {
      font: inherit;
      color: var(--ink);
      background: var(--bg);
    }
    input,
    select,
    button {
      min-height: 2rem;
      padding: 0.25rem 0.75rem;
      border: 1px solid var(--line);
      border-radius: 0.375rem;
    }
    button {
      font: inherit;
      color: var(--ink);
      background: var(--panel-raised);
      cursor: pointer;
    }
    button:hover:enabled {
      border-color: var(--ink-dim);
    }
    button:disabled {
      cursor: default;
      opacity: 0.6;
    }
    .sure {
      font-weight: 700;
      border-color: var(--medium);
    }
    [role="status"] {
      flex: 1 1 20ch;
    }
  `,
];
