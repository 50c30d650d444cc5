import { inheritedEnvironment } from "../../server/config.ts";
import { ensureTensorflow } from "../../model/tensorflow/ensure-tensorflow.ts";
import { loadTensorflow } from "../../model/tensorflow/load.ts";
import { command, run } from "../../kit/cli/command.ts";

const program = command("setup:tensorflow", "Make tfjs-node, which training needs, ready for use").action(async () => {
  await ensureTensorflow(inheritedEnvironment(), (line) => console.error(`TensorFlow: ${line} …`));
  const tf = loadTensorflow();
  console.log(`tfjs-node ${tf.version["tfjs-node"]} is ready`);
});

await run(program);
