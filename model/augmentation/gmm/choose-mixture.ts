import { BedsideError } from "../../../contracts/errors.ts";
import { createRandom } from "../../../kit/random.ts";
import { bicOf, fitMixture } from "./em.ts";
import { type CovarianceKind, type Mixture, parametersOf, type Points } from "./mixture.ts";

/** One mixture that was tried. */
export interface Candidate {
  readonly size: number;
  readonly kind: CovarianceKind;
  /** The lower the better. */
  readonly bic: number;
}

export interface ChoiceOptions {
  readonly seed: number;
  readonly sizes?: readonly number[];
  readonly kinds?: readonly CovarianceKind[];
}

const SIZES = [1, 2, 3, 4, 6, 8, 12, 16, 24];
/** Points a component should have at least, on average. */
const POINTS_A_COMPONENT = 12;

/** Fits mixtures of several sizes and kinds of covariance and keeps the one of least BIC. Throws BAD_ARGUMENT. */
export function chooseMixture(
  points: Points,
  { seed, sizes = SIZES, kinds = ["full", "diagonal"] }: ChoiceOptions,
): { readonly mixture: Mixture; readonly chosen: Candidate; readonly candidates: readonly Candidate[] } {
  const fits = kinds.flatMap((kind) =>
    sizes
      .filter((size) => size === 1 || size * POINTS_A_COMPONENT <= points.count)
      .map((size) => {
        const { mixture, logLikelihood } = fitMixture(
          points,
          size,
          kind,
          createRandom(seed, `mixture/${kind}/${size}`),
        );
        return { mixture, chosen: { size, kind, bic: bicOf(logLikelihood, parametersOf(mixture), points.count) } };
      }),
  );
  if (fits.length === 0) throw new BedsideError("BAD_ARGUMENT", "give one size of mixture to try at least");
  const best = fits.reduce((least, fit) => (fit.chosen.bic < least.chosen.bic ? fit : least));
  return { ...best, candidates: fits.map(({ chosen }) => chosen) };
}
