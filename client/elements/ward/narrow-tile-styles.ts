import { css } from "lit";

/** Of a tile that alarms and has no room for its words beside its trace. */
export const narrowTileStyles = css`
  /* 64 beds at 1280 px: of an alarming bed its words are worth more than 50 px of trace, and stand on it in two lines. */
  @container (max-width: 150px) {
    :host([density="compact"][priority]) {
      header {
        position: static;
      }
      alarm-banner {
        position: absolute;
        inset: clamp(1.5rem, 30cqh, 2.25rem) 0 0;
        padding: 1px 4px 2px;
        background: var(--panel);
        /* Over the trace's own words; a press goes through it to the bed. */
        z-index: 1;
        pointer-events: none;
        --banner-size: 0.9375rem;
        --banner-over-size: 1em;
        --banner-line: 0.8125rem;
        --banner-most: 1.625rem;
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
  }
`;
