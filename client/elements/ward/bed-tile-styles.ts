import { css } from "lit";
import { shared } from "../../styles/shared.ts";

/**
 * Flashing after IEC 60601-1-8: high 1.4 to 2.8 Hz, medium 0.4 to 0.8 Hz, both on for 20 to 60 % of the time, low steady.
 * Who asked for less motion sees them steady.
 */
export const tileStyles = [
  shared,
  css`
    :host {
      container-type: size;
      min-width: 0;
      min-height: 0;
      position: relative;
    }
    article {
      position: relative;
      height: 100%;
      display: grid;
      grid-template: 40px minmax(0, 1fr) / minmax(0, 1fr) 144px;
      background: var(--panel);
      border: 1px solid var(--line);
      border-radius: 10px;
      overflow: hidden;
    }
    header {
      grid-column: 1 / -1;
      display: flex;
      align-items: center;
      gap: 10px;
      padding: 0 6px 0 12px;
      min-width: 0;
    }
    h2 {
      font-size: 22px;
      line-height: 1;
      font-weight: 700;
      flex: none;
    }
    h2 a {
      text-decoration: none;
    }
    /* The whole tile opens the bed. */
    h2 a::after {
      content: "";
      position: absolute;
      inset: 0;
      border-radius: 10px;
      z-index: 1;
    }
    h2 a:focus-visible {
      outline: none;
    }
    h2 a:focus-visible::after {
      outline: 3px solid var(--focus);
      outline-offset: -3px;
    }
    sound-off {
      position: absolute;
      left: 8px;
      bottom: 8px;
      width: min(320px, 100% - 168px);
      z-index: 1;
      background: var(--panel);
    }
    .source {
      flex: 1 1 0;
      min-width: 0;
      overflow: hidden;
      white-space: nowrap;
      text-overflow: ellipsis;
      font-size: 13px;
      color: var(--ink-dim);
    }
    alarm-banner {
      flex: 0 1 auto;
      max-width: 76%;
    }
    aside {
      padding: 2px 12px 10px 4px;
      display: flex;
      flex-direction: column;
      justify-content: space-between;
      align-items: stretch;
      min-height: 0;
    }
    .last {
      display: flex;
      align-items: center;
      justify-content: flex-end;
      gap: 10px;
      font-size: 14px;
    }
    .stale .last {
      opacity: 0.35;
    }
    :host([priority]) article::after {
      content: "";
      position: absolute;
      inset: 0;
      border: 3px solid var(--low);
      border-radius: 10px;
      pointer-events: none;
    }
    :host([priority="medium"]) article::after {
      border-color: var(--medium);
      animation: flash 1.7s infinite;
    }
    :host([priority="high"]) article::after {
      border-width: 4px;
      border-color: var(--high);
      animation: flash 0.5s infinite;
    }
    @keyframes flash {
      0%,
      59% {
        opacity: 1;
      }
      60%,
      100% {
        opacity: 0.15;
      }
    }
    @media (prefers-reduced-motion: reduce) {
      :host([priority]) article::after {
        animation: none !important;
      }
    }
    @container (max-height: 150px) {
      article {
        grid-template: 32px minmax(0, 1fr) / minmax(0, 1fr) 118px;
      }
      h2 {
        font-size: 18px;
      }
      aside {
        padding-bottom: 6px;
      }
      heart-rate {
        --heart-rate-size: 44px;
      }
      .last {
        font-size: 11px;
      }
    }
    @container (min-height: 210px) and (min-width: 520px) {
      article {
        grid-template-columns: minmax(0, 1fr) 190px;
      }
      heart-rate {
        --heart-rate-size: 76px;
      }
    }
    @container (max-width: 420px) {
      article {
        grid-template-columns: minmax(0, 1fr) 112px;
      }
      heart-rate {
        --heart-rate-size: 44px;
      }
      .source span:not(.rhythm),
      :host([priority]) .source {
        display: none;
      }
      alarm-banner {
        max-width: none;
        margin-left: auto;
        --banner-size: 14px;
      }
    }
  `,
];
