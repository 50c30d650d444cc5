import { whatIsMissing } from "../../model/tensorflow/place.ts";
import { readConfig } from "../../server/config.ts";

/** Whether tests that need tfjs-node are left out; says why. In CI they are not: there a missing addon is a failure. */
export function leftOutWithoutTensorflow(suite: string): boolean {
  const missing = whatIsMissing();
  if (!missing || readConfig().CI !== "") return false;
  console.log(`${suite} left out: ${missing}; run npm run setup:tensorflow`);
  return true;
}
