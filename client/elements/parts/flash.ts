import { css } from "lit";

/**
 * Flashing after IEC 60601-1-8: high 1.4 to 2.8 Hz, medium 0.4 to 0.8 Hz, both on for 20 to 60 % of the time, low steady. The
 * medium period is three high ones, so that all begin together. Dark is never under half as bright as lit.
 * Who asked for less motion sees them steady.
 */
export const flashStyles = css`
  @keyframes flash {
    0%,
    59% {
      opacity: 1;
    }
    60%,
    100% {
      opacity: 0.55;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    :host([priority="medium"]) .flashes {
      animation: flash 1.5s infinite;
    }
    :host([priority="high"]) .flashes {
      animation: flash 0.5s infinite;
    }
  }
`;

/** Lets what flashes in `root` keep time with all else that flashes on the page, whenever it began. */
export function flashInPhase(root: ShadowRoot | HTMLElement): void {
  for (const element of root.querySelectorAll(".flashes")) {
    for (const animation of element.getAnimations()) animation.startTime = 0;
  }
}
