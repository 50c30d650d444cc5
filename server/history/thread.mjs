// What both threads start with: Node 20 lets them not take over how their parent reads TypeScript.
import { register } from "tsx/esm/api";

register();
await import("./thread.ts");
