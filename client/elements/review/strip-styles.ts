import { css } from "lit";

/** A strip's paper and ink; lengths are millimetres of paper. On paper and in pictures it is black on white. */
export const stripStyles = css`
  svg {
    display: block;
    overflow: visible;
  }
  path {
    fill: none;
  }
  .fine {
    stroke: var(--strip-fine, var(--grid-fine));
    stroke-width: 0.12;
  }
  .bold {
    stroke: var(--strip-bold, var(--grid-bold));
    stroke-width: 0.25;
  }
  .gap {
    stroke: var(--strip-dim, var(--hatch));
    stroke-width: 0.5;
  }
  .off {
    stroke: var(--strip-dim, var(--low));
    stroke-width: 0.3;
  }
  .mark {
    stroke: var(--strip-dim, var(--ink-dim));
    stroke-width: 0.3;
  }
  .line {
    stroke: var(--strip-ink, var(--trace));
    stroke-width: 0.35;
    stroke-linejoin: round;
  }
  text {
    font-family: system-ui, sans-serif;
    fill: var(--strip-ink, var(--ink));
  }
  .name {
    font-size: 4px;
    font-weight: 600;
  }
  .time {
    font-size: 3.6px;
    text-anchor: middle;
    fill: var(--strip-dim, var(--ink-dim));
  }
  .kind {
    font-size: 3.2px;
  }
  .beat {
    cursor: pointer;
  }
  .beat text {
    font-size: 4.6px;
    font-weight: 700;
    text-anchor: middle;
    fill: var(--beat);
  }
  .beat .told {
    font-size: 3px;
    font-weight: 400;
    text-anchor: start;
  }
  .beat rect {
    fill: transparent;
    stroke: none;
  }
  .beat:hover rect,
  .chosen rect {
    stroke: var(--focus);
    stroke-width: 0.4;
  }
  .beat:focus-visible {
    outline: none;
  }
  .beat:focus-visible rect {
    stroke: var(--focus);
    stroke-width: 0.7;
  }
  .N {
    --beat: var(--strip-dim, var(--beat-N));
  }
  .S {
    --beat: var(--strip-ink, var(--beat-S));
  }
  .V {
    --beat: var(--strip-ink, var(--beat-V));
  }
  .F {
    --beat: var(--strip-ink, var(--beat-F));
  }
  .Q {
    --beat: var(--strip-dim, var(--beat-Q));
  }
  .high .open {
    fill: var(--strip-ink, var(--high));
  }
  .medium .open {
    fill: var(--strip-ink, var(--medium));
  }
  .low .open {
    fill: var(--strip-dim, var(--low));
  }
`;
