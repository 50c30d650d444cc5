import { css } from "lit";
import { shared } from "../../styles/shared.ts";

export const traceStyles = [
  shared,
  css`
    :host {
      position: relative;
      overflow: hidden;
      min-height: 0;
      contain: strict;
      container-type: size;
    }
    :host([atletter]) {
      cursor: pointer;
    }
    canvas,
    .picture {
      position: absolute;
      inset: 0;
      width: 100%;
      height: 100%;
    }
    :host([closed]) .picture {
      background: var(--panel);
    }
    injected-signal {
      position: absolute;
      right: 4px;
      bottom: 4px;
      max-width: calc(100% - 8px);
    }
    /* Dimmed, and without the colour of what is live. */
    .stale {
      background: color-mix(in srgb, var(--panel) 72%, transparent);
      backdrop-filter: grayscale(1);
    }
    .no-data,
    .unmonitored {
      position: absolute;
      inset: 0;
      margin: auto;
      width: max-content;
      max-width: 94%;
      height: max-content;
      padding: 4px 12px;
      border-radius: 6px;
      background: color-mix(in srgb, var(--bg) 85%, transparent);
      border: 1px dashed var(--ink-dim);
      font-size: 18px;
      font-weight: 700;
      letter-spacing: 0.06em;
    }
    .no-data span {
      display: inline-block;
      min-width: 4ch;
      text-align: right;
      font-weight: 500;
    }
    @container (max-width: 150px) {
      .no-data {
        padding: 0 4px;
        font-size: 0.6875rem;
        letter-spacing: 0;
        white-space: nowrap;
      }
      .no-data span {
        display: none;
      }
    }
    /* To be read across a room. */
    .unmonitored {
      border: 2px solid var(--medium);
      font-size: clamp(17px, min(7.4cqw, 24cqh), 38px);
      line-height: 1.15;
      letter-spacing: 0.03em;
      text-align: center;
      color: var(--medium);
    }
    .unmonitored .no-data {
      position: static;
      max-width: none;
      padding: 0;
      white-space: nowrap;
      border: none;
      background: none;
      font-size: inherit;
    }
    .why {
      font-size: max(13px, 0.55em);
      font-weight: 500;
      letter-spacing: 0;
      color: var(--ink);
    }
    @keyframes appear {
      from {
        opacity: 0;
      }
    }
    /* Samples of a lead that has just been asked for come sooner. */
    .waiting {
      animation: appear 1ms 1s both;
      border-color: transparent;
      font-size: 14px;
      font-weight: 500;
      letter-spacing: 0;
      color: var(--ink-dim);
    }
  `,
];
