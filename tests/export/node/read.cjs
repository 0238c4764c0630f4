// Reads graph files with the parsers of Gephi Lite and prints what they understood as one line of JSON a file.
const fs = require("node:fs");
const Graph = require("graphology");
const parsers = { graphml: require("graphology-graphml"), gexf: require("graphology-gexf") };

class Multi extends Graph {
  constructor(options) {
    super({ ...options, multi: true });
  }
}

for (const file of process.argv.slice(2)) {
  const { parse } = parsers[file.slice(file.lastIndexOf(".") + 1)];
  const graph = parse(Multi, fs.readFileSync(file, "utf8"));
  const nodes = graph.mapNodes((key, attributes) => ({ key, attributes }));
  const edges = graph.mapEdges((key, attributes, source, target, from, to, undirected) => ({
    key, attributes, source, target, undirected,
  }));
  console.log(JSON.stringify({ type: graph.type, nodes, edges }));
}
