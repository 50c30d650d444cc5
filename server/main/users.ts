import { Option } from "commander";
import { BedsideError } from "../../contracts/errors.ts";
import { ROLES, type Role } from "../../contracts/session.ts";
import { askSecret } from "../../kit/cli/ask-secret.ts";
import { command, run } from "../../kit/cli/command.ts";
import { putPerson, putService, removeUser } from "../access/edit-users.ts";
import { PASSWORD_LENGTH } from "../access/password.ts";
import { readUsers } from "../access/users-file.ts";
import { readConfig } from "../config.ts";

const program = command("users", "Those who may sign in at a gateway: USERS_FILE, by default users.json.");
const fileOf = (): string => readConfig().USERS_FILE || "users.json";
const tell = (file: string): void =>
  console.log(`${file} has it. A gateway reads it with USERS_FILE=${file}, and again within a second when it changes.`);

program
  .command("add")
  .argument("<name>", "as commands will have it")
  .addOption(new Option("--role <role>", "what they may do").choices(ROLES).makeOptionMandatory())
  .description("adds somebody, or gives them another password or role; a service gets a key, which is told once")
  .action(async (name: string, { role }: { role: Role }) => {
    const file = fileOf();
    if (role === "service") {
      const key = await putService(file, name);
      console.log(`Authorization: Bearer ${key}`);
    } else {
      const { min, max } = PASSWORD_LENGTH;
      const password = await askSecret(`Password of ${name} (${min} to ${max} characters): `);
      if (process.stdin.isTTY && (await askSecret("Once more: ")) !== password)
        throw new BedsideError("BAD_ARGUMENT", "the two passwords are not the same: nothing was changed");
      await putPerson(file, name, role, password);
    }
    tell(file);
  });

program
  .command("remove")
  .argument("<name>")
  .description("whoever is taken out is signed out within a second")
  .action(async (name: string) => {
    const file = fileOf();
    await removeUser(file, name);
    tell(file);
  });

program
  .command("list")
  .description("names and roles")
  .action(() => {
    for (const { name, role } of readUsers(fileOf())) console.log(`${role.padEnd(9)} ${name}`);
  });

await run(program);
