import { css } from "lit";

/** Of a tile that shows the least that says what is wrong: name, alarm, rate, a short trace. */
export const compactTileStyles = css`
  :host([density="compact"]) {
    article {
      grid-template: clamp(1.5rem, 30cqh, 2.25rem) minmax(0, 1fr) / minmax(0, 1fr) auto;
      border-radius: 6px;
    }
    .flashes,
    h2 a::after {
      border-radius: 6px;
    }
    header {
      gap: 5px;
      padding: 0 2px 0 6px;
    }
    h2 {
      font-size: clamp(0.9375rem, 10cqi, 1.25rem);
    }
    .source,
    .patient {
      font-size: 0.75rem;
    }
    .alarm .patient {
      display: none;
    }
    alarm-banner {
      /* As large as the words find room beside the name and in the line, of long ones so that they are whole. */
      --wide: calc((100cqi - 62px) / min(7.4, 1.5 + 0.72 * var(--letters, 10) * var(--lines, 1)));
      --banner-size: clamp(0.75rem, min(var(--wide), 0.86 * var(--banner-line)), 1.75rem);
      --banner-over: inline;
      --banner-over-size: 0.82em;
      --banner-over-mark: none;
      --banner-status: none;
      --banner-aside-size: clamp(0.75rem, 7cqi, 1rem);
      --banner-line: clamp(1.5rem, 30cqh, 2.25rem);
      --banner-padding: 2px;
    }
    aside {
      padding: 0 6px 2px 2px;
      justify-content: center;
    }
    heart-rate {
      --heart-rate-size: clamp(1.5rem, min(46cqh, 22cqi), 2.75rem);
      --heart-rate-label: none;
    }
    .pvcs,
    .last {
      display: none;
    }
    sound-off {
      left: 4px;
      bottom: 3px;
      width: calc(100% - 8px);
      max-height: 1.25rem;
      overflow: hidden;
      --sound-off-height: 1.25rem;
    }
  }
`;
