"""The tools as an MCP client of the official SDK sees them, over standard input and output."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

pytest.importorskip("mcp", reason="the extra mcp is not installed")

from mcp import ClientSession, StdioServerParameters, stdio_client

from tests.query import graph
from tests.serve.running import ROOT
from tests.serve.test_pool import ENDLESS

T = TypeVar("T")


def talk(folder: Path, work: Callable[[ClientSession], Awaitable[T]]) -> T:
    """Start ``kg mcp`` and do something with a session."""
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "kg", "mcp", "-o", str(folder), "--timeout", "2"], cwd=str(ROOT)
    )

    async def main() -> T:
        async with stdio_client(command) as (source, sink), ClientSession(source, sink) as session:
            await session.initialize()
            return await work(session)

    return asyncio.run(main())


def call(folder: Path, name: str, **arguments: Any) -> Any:
    """The structured result of one tool, or its error's text."""

    async def work(session: ClientSession) -> Any:
        result: Any = await session.call_tool(name, arguments)
        return result.content[0].text if result.is_error else result.structured_content

    return talk(folder, work)


def test_the_tools_are_listed_with_what_they_take(folder: Path) -> None:
    async def work(session: ClientSession) -> Any:
        return (await session.list_tools()).tools

    tools = {tool.name: tool for tool in talk(folder, work)}
    assert set(tools) == {"search", "describe", "neighbours", "sparql", "evidence"}
    assert all(tool.description and tool.annotations.read_only_hint for tool in tools.values())
    assert "query" in tools["sparql"].input_schema["required"]


def test_search_describe_neighbours_and_evidence(folder: Path) -> None:
    assert call(folder, "search", text="imagnet")["names"][0]["id"] == "dataset/imagenet"
    node = call(folder, "describe", id="method/thingclr")
    assert (node["name"], node["out"][0]["id"]) == ("ThingCLR", "dataset/imagenet")
    assert len(call(folder, "neighbours", id="repository/a-b", hops=2)["nodes"]) == 5
    told = call(folder, "evidence", object="method/thingclr", predicate="introduces")["statements"]
    assert told[0]["sentence"] == graph.SENTENCE


def test_sparql_gives_rows_with_ids(folder: Path) -> None:
    found = call(folder, "sparql", query="SELECT ?x ?n { ?x a kg:Dataset ; skos:prefLabel ?n }")
    assert found["rows"] == [{"x": "dataset/imagenet", "n": "ImageNet"}]
    assert call(folder, "sparql", query="ASK { ?s a kg:Paper }")["answer"] is True
    assert "dataset:imagenet" in call(folder, "sparql", query="DESCRIBE dataset:imagenet")["turtle"]
    assert call(folder, "sparql", query="SELECT * { ?s ?p ?o }", limit=2)["more"] is True


@pytest.mark.parametrize(
    ("tool", "arguments", "message"),
    [
        ("sparql", {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}, "SERVICE is refused"),
        ("sparql", {"query": "DROP ALL"}, "DROP is refused"),
        ("sparql", {"query": "SELECT * { ?s a kg:Methd"}, "did you mean kg:Method?"),
        ("sparql", {"query": ENDLESS}, "no answer within 2 s"),
        ("describe", {"id": "method/nothing"}, "no node 'method/nothing' is in this graph"),
        ("evidence", {"predicate": "uses"}, "give a subject or an object"),
        ("neighbours", {"id": "method/thingclr", "hops": 99}, "less than or equal to 3"),
    ],
)
def test_errors_say_what_to_do(folder: Path, tool: str, arguments: dict[str, Any], message: str) -> None:
    assert message in call(folder, tool, **arguments)
