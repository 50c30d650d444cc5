import { css } from "lit";
import { controls, panel, shared } from "../../styles/shared.ts";

export const admissionStyles = [
  shared,
  panel,
  controls,
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
    .sure {
      font-weight: 700;
      border-color: var(--medium);
    }
    [role="status"] {
      flex: 1 1 20ch;
    }
  `,
];
