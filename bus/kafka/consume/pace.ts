/** Between an answer and the next question, ms: at the least and at the most, and for each message of the answer. */
const LEAST_MS = 1;
const MOST_MS = 10;
const PER_MESSAGE_MS = 0.5;

/**
 * How long a reader lets messages gather before it asks for more, ms. A request costs broker and reader more than a message does
 * (some tenths of a ms each), so a stream of many small messages is asked for in few large answers; one that is thin is asked for
 * nearly at once, and a lone message finds the next question there before it.
 */
export const gatherMs = (messages: number): number => Math.min(MOST_MS, LEAST_MS + PER_MESSAGE_MS * messages);
