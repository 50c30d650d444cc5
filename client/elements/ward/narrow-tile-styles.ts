import { css } from "lit";

/** Of a tile that has no room for a trace: less than half a second would be left of it beside its calibration mark and erase bar. */
export const narrowTileStyles = css`
  /* 64 beds at 1280 px: the rate, and of an alarming bed its words, as large as can be. */
  @container (max-width: 150px) {
    :host([density="compact"]) {
      ecg-trace {
        display: none;
      }
      aside {
        grid-column: 1 / -1;
      }
      heart-rate {
        --heart-rate-size: clamp(1.5rem, min(46cqh, 30cqi), 2.75rem);
      }
    }
    :host([density="compact"][priority]) {
      header {
        position: static;
      }
      alarm-banner {
        position: absolute;
        inset: clamp(1.5rem, 30cqh, 2.25rem) 0 0;
        padding: 1px 4px 2px;
        background: var(--panel);
        /* A press goes through it to the bed. */
        z-index: 1;
        pointer-events: none;
        /* As large as the words and their mark find room, in a line with its descenders or two that are set close. */
        --leading: calc(1.43 - 0.23 * var(--lines));
        --tall: calc((100cqh - clamp(1.5rem, 30cqh, 2.25rem) - 4px) / (var(--lines) * var(--leading)));
        --wide: calc((100cqi - 12px) / (1.5 + 0.72 * var(--letters)));
        --banner-size: clamp(0.8125rem, min(var(--wide), var(--tall)), 1.75rem);
        --banner-over-size: 0.8125rem;
        --banner-line: calc(var(--leading) * var(--banner-size));
        --banner-most: calc(var(--lines) * var(--banner-line));
        --banner-wrap: normal;
        /* The list of alarms tells it: here it would be half a line. */
        --banner-time: none;
      }
      header:not(.technical, .quiet) alarm-banner {
        background: inherit;
      }
      /* The rate has a ground of its own: its colour is made for the panel's, not for the band's. */
      aside {
        position: absolute;
        top: 3px;
        right: 3px;
        height: calc(clamp(1.5rem, 30cqh, 2.25rem) - 3px);
        padding: 0 4px;
        border-radius: 0 4px 0 4px;
        background: var(--panel);
      }
      heart-rate {
        --heart-rate-size: 1.1875rem;
      }
    }
    /* Of one that is over or acknowledged the words stand beside the rate. */
    :host([density="compact"]:not([priority])) {
      header.quiet {
        box-shadow: none;
      }
      .quiet alarm-banner {
        position: absolute;
        inset: clamp(1.5rem, 30cqh, 2.25rem) 3.5rem 0 0;
        z-index: 1;
        pointer-events: none;
        --banner-what: block;
        --banner-size: 0.8125rem;
        --banner-over-size: 0.8125rem;
        --banner-line: 0.875rem;
        --banner-most: 1.75rem;
        --banner-wrap: normal;
        --banner-time: none;
      }
    }
  }
`;
