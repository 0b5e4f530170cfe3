// answers.js MODULE - runs cells in the language's WebAssembly module, as a page would.
// Standard input: one JSON list of cells a line, each line a session of its own. For each
// line one JSON object on standard output: {"answers": […], "open": ms, "runs": [ms, …]}.
const { readFileSync } = require("fs");

const module_ = new WebAssembly.Module(readFileSync(process.argv[2]));
// A page has no files, clock or streams to lend: whatever is asked for is refused.
const EBADF = 8;
const refused = [];
const system = {};
for (const { module, name } of WebAssembly.Module.imports(module_)) {
  system[module] = system[module] || {};
  system[module][name] = () => {
    refused.push(name);
    return EBADF;
  };
}

function open() {
  const { exports: page } = new WebAssembly.Instance(module_, system);
  if (page._initialize) page._initialize();
  refused.length = 0; // the C library looks for folders once
  return { page, at: page.page_open() };
}

function run({ page, at }, cell) {
  const bytes = Buffer.from(cell);
  const room = page.page_room(at, bytes.length);
  new Uint8Array(page.memory.buffer, room, bytes.length).set(bytes);
  page.page_run(at, bytes.length);
  const [from, length] = [page.page_answer(at), page.page_answer_length(at)];
  return JSON.parse(Buffer.from(page.memory.buffer, from, length).toString());
}

const clock = (f) => {
  const start = performance.now();
  const value = f();
  return [value, performance.now() - start];
};

for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const [instance, opened] = clock(open);
  const all = JSON.parse(line).map((cell) => clock(() => run(instance, cell)));
  console.log(JSON.stringify({
    answers: all.map(([answer]) => answer),
    runs: all.map(([, ms]) => ms),
    open: opened,
    refused,
  }));
}
