import { createInterface } from "node:readline";
import { BedsideError } from "../../contracts/errors.ts";

const ENTER = /[\r\n]/;
const CTRL_C = "\u0003";
const CTRL_D = "\u0004";
const BACKSPACES = ["\u007f", "\b"];

/** What somebody types without its being seen, or the next line of what is piped in: never an argument, which other users of the machine can read. */
export async function askSecret(prompt: string, input: NodeJS.ReadStream = process.stdin): Promise<string> {
  return input.isTTY ? typed(prompt, input) : nextLine(input);
}

async function nextLine(input: NodeJS.ReadStream): Promise<string> {
  const lines = createInterface({ input });
  for await (const line of lines) return line;
  throw new BedsideError("BAD_ARGUMENT", "nothing was piped in");
}

function typed(prompt: string, input: NodeJS.ReadStream): Promise<string> {
  process.stderr.write(prompt);
  input.setRawMode(true).setEncoding("utf8").resume();
  return new Promise((resolve, reject) => {
    let text = "";
    const end = (): void => {
      input.off("data", take);
      input.setRawMode(false).pause();
      process.stderr.write("\n");
    };
    const take = (typedText: string): void => {
      for (const character of typedText) {
        if (ENTER.test(character)) {
          end();
          return resolve(text);
        }
        if (character === CTRL_C || character === CTRL_D) {
          end();
          return reject(new BedsideError("BAD_ARGUMENT", "nothing was changed"));
        }
        text = BACKSPACES.includes(character) ? [...text].slice(0, -1).join("") : text + character;
      }
    };
    input.on("data", take);
  });
}
