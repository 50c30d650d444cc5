/** QL steps for an eigenvalue at most; two or three are usual. */
const MAX_STEPS = 60;

export interface Eigen {
  /** Descending. */
  readonly values: Float64Array;
  /** [size × size]: row i is the unit eigenvector of value i; its largest element is positive. */
  readonly vectors: Float64Array;
}

/**
 * Eigenvalues and eigenvectors of a real symmetric matrix, [size × size]: Householder's tridiagonal form, then implicit QL
 * (H. Bowdler, R. S. Martin, C. Reinsch & J. H. Wilkinson, Numer. Math. 11 (1968) 293–306; EISPACK's tred2 and tql2).
 */
export function eigenOfSymmetric(matrix: Float64Array, size: number): Eigen {
  const rows = Array.from({ length: size }, (_, i) => matrix.slice(i * size, (i + 1) * size));
  const diagonal = new Float64Array(size);
  const off = new Float64Array(size);
  if (size > 0) {
    tridiagonalise(rows, diagonal, off);
    implicitQl(rows, diagonal, off);
  }
  const order = Array.from({ length: size }, (_, i) => i).sort((i, j) => diagonal[j] - diagonal[i]);
  const vectors = new Float64Array(size * size);
  order.forEach((from, to) => {
    let largest = 0;
    for (const row of rows) if (Math.abs(row[from]) > Math.abs(largest)) largest = row[from];
    for (let i = 0; i < size; i++) vectors[to * size + i] = (largest < 0 ? -1 : 1) * rows[i][from];
  });
  return { values: Float64Array.from(order, (i) => diagonal[i]), vectors };
}

/** Turns `a` into the orthogonal matrix that makes it tridiagonal, with `d` on the diagonal and `e` below it. */
function tridiagonalise(a: readonly Float64Array[], d: Float64Array, e: Float64Array): void {
  const n = d.length;
  for (let i = n - 1; i > 0; i--) {
    let scale = 0;
    for (let k = 0; k < i; k++) scale += Math.abs(a[i][k]);
    let h = 0;
    if (i === 1 || scale === 0) e[i] = a[i][i - 1];
    else {
      for (let k = 0; k < i; k++) {
        a[i][k] /= scale;
        h += a[i][k] * a[i][k];
      }
      const f = a[i][i - 1];
      const g = f >= 0 ? -Math.sqrt(h) : Math.sqrt(h);
      e[i] = scale * g;
      h -= f * g;
      a[i][i - 1] = f - g;
      reflect(a, e, i, h);
    }
    d[i] = h;
  }
  d[0] = 0;
  e[0] = 0;
  for (let i = 0; i < n; i++) accumulate(a, d, i);
}

/** Applies row i's Householder vector, of half its squared length `h`, from both sides to what lies above it. */
function reflect(a: readonly Float64Array[], e: Float64Array, i: number, h: number): void {
  let sum = 0;
  for (let j = 0; j < i; j++) {
    a[j][i] = a[i][j] / h;
    let g = 0;
    for (let k = 0; k <= j; k++) g += a[j][k] * a[i][k];
    for (let k = j + 1; k < i; k++) g += a[k][j] * a[i][k];
    e[j] = g / h;
    sum += e[j] * a[i][j];
  }
  const half = sum / (2 * h);
  for (let j = 0; j < i; j++) {
    const f = a[i][j];
    const g = e[j] - half * f;
    e[j] = g;
    for (let k = 0; k <= j; k++) a[j][k] -= f * e[k] + g * a[i][k];
  }
}

function accumulate(a: readonly Float64Array[], d: Float64Array, i: number): void {
  if (d[i] !== 0) {
    for (let j = 0; j < i; j++) {
      let g = 0;
      for (let k = 0; k < i; k++) g += a[i][k] * a[k][j];
      for (let k = 0; k < i; k++) a[k][j] -= g * a[k][i];
    }
  }
  d[i] = a[i][i];
  a[i][i] = 1;
  for (let j = 0; j < i; j++) {
    a[j][i] = 0;
    a[i][j] = 0;
  }
}

/** Eigenvalues into `d`; the columns of `z` become the eigenvectors. */
function implicitQl(z: readonly Float64Array[], d: Float64Array, e: Float64Array): void {
  const n = d.length;
  e.copyWithin(0, 1);
  e[n - 1] = 0;
  let size = 0;
  for (let i = 0; i < n; i++) size = Math.max(size, Math.abs(d[i]) + Math.abs(e[i]));
  const negligible = Number.EPSILON * size;
  for (let l = 0; l < n; l++) {
    for (let step = 0; step < MAX_STEPS; step++) {
      let m = l;
      while (m < n - 1 && Math.abs(e[m]) > negligible) m++;
      if (m === l) break;
      sweep(z, d, e, l, m);
    }
  }
}

/** One QL step with an implicit shift on rows l to m. */
function sweep(z: readonly Float64Array[], d: Float64Array, e: Float64Array, l: number, m: number): void {
  const shift = (d[l + 1] - d[l]) / (2 * e[l]);
  const length = Math.hypot(shift, 1);
  let g = d[m] - d[l] + e[l] / (shift + (shift >= 0 ? length : -length));
  let [s, c, p] = [1, 1, 0];
  for (let i = m - 1; i >= l; i--) {
    const f = s * e[i];
    const b = c * e[i];
    const r = Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] -= p;
      e[m] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = d[i + 1] - p;
    const t = (d[i] - g) * s + 2 * c * b;
    p = s * t;
    d[i + 1] = g + p;
    g = c * t - b;
    for (const row of z) {
      const next = row[i + 1];
      row[i + 1] = s * row[i] + c * next;
      row[i] = c * row[i] - s * next;
    }
  }
  d[l] -= p;
  e[l] = g;
  e[m] = 0;
}
