// node chrono.cjs NODE_FOLDER PARAGRAPHS WARM_UP RUNS SECONDS
// Prints "found seconds" for each run, RUNS at least and SECONDS long at least, of chrono-node's Vietnamese locale over the paragraphs, one a line of the file.
const fs = require("fs");
const { performance } = require("perf_hooks");

const [folder, file, warmUp, runs, seconds] = process.argv.slice(2);
const { vi } = require(fs.realpathSync(folder) + "/node_modules/chrono-node");
const paragraphs = fs.readFileSync(file, "utf8").split("\n");
const pass = (some) => some.reduce((found, paragraph) => found + vi.parse(paragraph).length, 0);

pass(paragraphs.slice(0, Number(warmUp)));
for (let run = 0, total = 0; run < Number(runs) || total < Number(seconds); run++) {
  const start = performance.now();
  const found = pass(paragraphs);
  const taken = (performance.now() - start) / 1000;
  total += taken;
  console.log(found, taken);
}
