import { css } from "lit";
import { shared } from "../../styles/shared.ts";
import { toneStyles } from "../parts/alarm-tones.ts";
import { flashStyles } from "../parts/flash.ts";
import { compactTileStyles } from "./compact-tile-styles.ts";
import { narrowTileStyles } from "./narrow-tile-styles.ts";

export const tileStyles = [
  shared,
  toneStyles,
  flashStyles,
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
      grid-template: 2.5rem minmax(0, 1fr) / minmax(0, 1fr) 144px;
      border: 1px solid var(--line);
      border-radius: 10px;
      overflow: hidden;
      --ground: var(--panel);
    }
    /* The trace may lie on a sheet behind all tiles: the ground stands around it, not below it. */
    header,
    header.technical,
    header.quiet,
    aside {
      background: var(--ground);
    }
    ecg-trace {
      margin: 0 0 3px 3px;
      box-shadow:
        -3px 0 0 var(--ground),
        -3px 3px 0 var(--ground),
        0 3px 0 var(--ground);
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
    .patient {
      flex: 0 2 auto;
      min-width: 0;
      max-width: 18ch;
      overflow: hidden;
      white-space: nowrap;
      text-overflow: ellipsis;
      font-size: 0.9375rem;
      font-weight: 600;
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
    /* An alarm's words are read from three metres; who sent the signal is not. */
    .alarm .source {
      display: none;
    }
    alarm-banner {
      flex: 1;
      --banner-size: 1.75rem;
      --banner-aside-size: 1.125rem;
      --banner-line: 2.5rem;
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
    .pvcs {
      font-size: 0.875rem;
      text-align: right;
      color: var(--ink-dim);
    }
    .pvcs b {
      color: var(--ink);
    }
    .trust {
      font-size: 0.8125rem;
      color: var(--ink-dim);
    }
    .stale .last {
      opacity: 0.35;
    }
    .flashes {
      position: absolute;
      inset: 0;
      border-radius: 10px;
      pointer-events: none;
    }
    :host([priority]) .flashes {
      border: 3px solid var(--low);
    }
    :host([priority="medium"]) .flashes {
      border-color: var(--medium);
    }
    :host([priority="high"]) .flashes {
      border-width: 4px;
      border-color: var(--high);
    }
    :host([category="physiological"]) article {
      --ground: color-mix(in srgb, var(--tint) 14%, var(--panel));
      --tint: var(--low-fill);
    }
    :host([category="physiological"][priority="medium"]) article {
      --tint: var(--medium-fill);
    }
    :host([category="physiological"][priority="high"]) article {
      --ground: color-mix(in srgb, var(--high-fill) 26%, var(--panel));
    }
    /* Words where there is room; the bars say the same. */
    @container (max-height: 170px) or (max-width: 519px) {
      .trust {
        display: none;
      }
    }
    @container (max-height: 170px) {
      .pvcs {
        font-size: 0.75rem;
      }
      article {
        grid-template: 2.25rem minmax(0, 1fr) / minmax(0, 1fr) 132px;
      }
      h2 {
        font-size: 18px;
      }
      alarm-banner {
        --banner-line: 2.25rem;
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
        --heart-rate-name: none;
      }
      .source span:not(.rhythm) {
        display: none;
      }
      .technical alarm-banner {
        --banner-size: 1.25rem;
      }
    }
    /* Too low for three lines: what is below the rate shares one. */
    @container (max-height: 142px) {
      :host([density="full"]) {
        article {
          grid-template-columns: minmax(0, 1fr) 132px;
        }
        aside {
          display: grid;
          grid-template-columns: minmax(0, 1fr) auto;
          align-content: space-between;
          align-items: center;
          column-gap: 4px;
          padding-right: 10px;
        }
        heart-rate {
          grid-column: 1 / -1;
        }
        .pvcs {
          white-space: nowrap;
        }
        .last {
          gap: 4px;
          font-size: 10px;
        }
      }
    }
    @container (max-height: 124px) {
      :host([density="full"]) {
        article {
          grid-template-rows: 2rem minmax(0, 1fr);
        }
        alarm-banner {
          --banner-line: 2rem;
        }
        aside {
          padding-bottom: 4px;
        }
        heart-rate {
          --heart-rate-size: clamp(36px, calc(100cqh - 74px), 44px);
        }
      }
    }
    @media (max-width: 900px) {
      .patient {
        max-width: 10ch;
      }
      alarm-banner {
        --banner-size: 1.25rem;
        --banner-aside-size: 1rem;
      }
    }
  `,
  compactTileStyles,
  narrowTileStyles,
];
