"""Run by the system's Python, which has graph-tool: print what it reads in GraphML files, a line of JSON a file."""

import json
import sys

import graph_tool


def values(maps, item):
    """Attributes of a node or an edge that the file gives: graph-tool fills in nothing as "" and 0."""
    return {name: map_[item] for name, map_ in maps.items()}


for file in sys.argv[1:]:
    graph = graph_tool.load_graph(file, fmt="graphml")
    on = {kind: {name: map_ for (k, name), map_ in graph.properties.items() if k == kind} for kind in "ve"}
    key = graph.vertex_properties.get("_graphml_vertex_id", {})  # a graph without nodes has no such map
    nodes = {key[node]: values(on["v"], node) for node in graph.vertices()}
    edges = [[key[edge.source()], key[edge.target()], values(on["e"], edge)] for edge in graph.edges()]
    print(json.dumps({"nodes": nodes, "edges": edges}))
