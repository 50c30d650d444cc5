/**
 * Numbers read from bytes without making strings of them. Exact to a Float32: a double holds the 17 digits that are
 * read and the power of ten that scales them within two units of its last place.
 */
const [ZERO, POINT, LOWER_E, PLUS, MINUS] = [48, 46, 101, 43, 45];

/** Bytes of a number as numpy writes it ("%.18e"), Kaggle's files among them: 9.779411554336547852e-01 */
export const SCIENTIFIC_BYTES = 24;
const [E_MINUS, E_PLUS] = [0x652d, 0x652b];

/** Powers of ten that a double holds exactly. */
const EXACT_POWERS = 22;
const POWERS = Float64Array.from({ length: EXACT_POWERS + 1 }, (_, power) => 10 ** power);
const UPPER_E = 69;
const DIGITS = 17;
const HALF = 9;

export const isDigit = (byte: number): boolean => byte >= ZERO && byte <= ZERO + 9;

/**
 * Reads cells of SCIENTIFIC_BYTES each, four digits at a time, for as long as they have this form, are from 0 to 1 and
 * are followed by the separator. One loop with nothing called in it: that is three times as fast.
 * @param view of `bytes`, which hold a row up to `end`
 * @param samples cells `from` to `to` - 1 go here
 * @returns the cell it came to; its first byte is at + (SCIENTIFIC_BYTES + 1) × (cells read)
 */
export function readScientificCells(
  view: DataView,
  at: number,
  end: number,
  separator: number,
  samples: Float32Array,
  from: number,
  to: number,
): number {
  let cell = from;
  for (let p = at; cell < to && p + SCIENTIFIC_BYTES < end; p += SCIENTIFIC_BYTES + 1, cell++) {
    const whole = view.getUint8(p) - ZERO;
    const a = view.getUint32(p + 2) - 0x30303030;
    const b = view.getUint32(p + 6) - 0x30303030;
    const c = view.getUint32(p + 10) - 0x30303030;
    const d = view.getUint32(p + 14) - 0x30303030;
    const rest = view.getUint16(p + 18) - 0x3030;
    const power = view.getUint16(p + 22) - 0x3030;
    // A byte is a digit where neither it less 0x30 nor that plus 6 has a bit in its upper half.
    const plus6 = (a + 0x06060606) | (b + 0x06060606) | (c + 0x06060606) | (d + 0x06060606);
    const upper = a | b | c | d | rest | power | plus6 | (rest + 0x0606) | (power + 0x0606);
    if ((upper & 0xf0f0f0f0) !== 0 || whole < 0 || whole > 9) break;
    if (view.getUint8(p + 1) !== POINT || view.getUint8(p + 24) !== separator) break;
    const sign = view.getUint16(p + 20);
    if (sign !== E_MINUS && (sign !== E_PLUS || power !== 0)) break;
    const shift = 16 + (power >> 8) * 10 + (power & 0xff);
    const high = whole * 1e8 + fourDigits(a) * 1e4 + fourDigits(b);
    const mantissa = high * 1e8 + fourDigits(c) * 1e4 + fourDigits(d);
    const value = shift <= EXACT_POWERS ? mantissa / POWERS[shift] : mantissa === 0 && rest === 0 ? 0 : -1;
    if (value < 0 || value > 1) break;
    samples[cell] = value;
  }
  return cell;
}

/** The number of four digits, one a byte, the first highest. */
function fourDigits(word: number): number {
  const pairs = ((word >>> 8) & 0x00ff00ff) * 10 + (word & 0x00ff00ff);
  return (pairs >>> 16) * 100 + (pairs & 0xffff);
}

/** Where readPlain stopped: at the first byte that is no part of the number. */
export let numberEnd = 0;

/**
 * The number from `at` on: digits, a decimal point (or `decimalComma`), an exponent. Its bytes are followed by one
 * that is no digit. -1 where there is none, or one of too great or small a power: its text has to be looked at.
 */
export function readPlain(bytes: Uint8Array, at: number, decimalComma: number): number {
  // The mantissa in two whole numbers, since their arithmetic is faster than that of doubles.
  let high = 0;
  let low = 0;
  let digits = 0;
  let read = 0;
  let exponent = 0;
  let behindPoint = 0;
  let byte = bytes[at];
  for (; ; byte = bytes[++at]) {
    if (isDigit(byte)) {
      read++;
      if (digits >= DIGITS) {
        exponent += 1 - behindPoint;
        continue;
      }
      exponent -= behindPoint;
      if (digits < HALF) high = high * 10 + (byte - ZERO);
      else low = low * 10 + (byte - ZERO);
      if (digits > 0 || byte !== ZERO) digits++;
    } else if (behindPoint === 0 && (byte === POINT || byte === decimalComma)) {
      behindPoint = 1;
    } else break;
  }
  if (read === 0) return -1;
  if (byte === LOWER_E || byte === UPPER_E) {
    byte = bytes[++at];
    const negative = byte === MINUS;
    if (negative || byte === PLUS) byte = bytes[++at];
    if (!isDigit(byte)) return -1;
    let written = 0;
    for (; isDigit(byte); byte = bytes[++at]) written = Math.min(1000, written * 10 + (byte - ZERO));
    exponent += negative ? -written : written;
  }
  numberEnd = at;
  const mantissa = high * POWERS[Math.max(0, digits - HALF)] + low;
  if (mantissa === 0) return 0;
  if (exponent < -EXACT_POWERS || exponent > EXACT_POWERS) return -1;
  return exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
}
