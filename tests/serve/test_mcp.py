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


async def call(session: ClientSession, name: str, **arguments: Any) -> Any:
    """The structured result of one tool, or its error's text."""
    result: Any = await session.call_tool(name, arguments)
    return result.content[0].text if result.is_error else result.structured_content


def test_the_tools_are_listed_with_what_they_take(folder: Path) -> None:
    async def work(session: ClientSession) -> None:
        tools = {tool.name: tool for tool in (await session.list_tools()).tools}
        assert set(tools) == {"search", "describe", "neighbours", "sparql", "evidence"}
        for tool in tools.values():
            assert tool.description
            assert tool.annotations
            assert tool.annotations.read_only_hint
        assert "query" in tools["sparql"].input_schema["required"]

    talk(folder, work)


def test_the_tools_answer(folder: Path) -> None:
    async def work(session: ClientSession) -> None:
        assert (await call(session, "search", text="imagnet"))["names"][0]["id"] == "dataset/imagenet"
        node = await call(session, "describe", id="method/thingclr")
        assert (node["name"], node["out"][0]["id"]) == ("ThingCLR", "dataset/imagenet")
        assert len((await call(session, "neighbours", id="repository/a-b", hops=2))["nodes"]) == 5
        told = (await call(session, "evidence", object="method/thingclr", predicate="introduces"))["statements"]
        assert told[0]["sentence"] == graph.SENTENCE
        found = await call(session, "sparql", query="SELECT ?x ?n { ?x a kg:Dataset ; skos:prefLabel ?n }")
        assert found["rows"] == [{"x": "dataset/imagenet", "n": "ImageNet"}]
        assert (await call(session, "sparql", query="ASK { ?s a kg:Paper }"))["answer"] is True
        assert "dataset:imagenet" in (await call(session, "sparql", query="DESCRIBE dataset:imagenet"))["turtle"]
        assert (await call(session, "sparql", query="SELECT * { ?s ?p ?o }", limit=2))["more"] is True

    talk(folder, work)


MISTAKES: list[tuple[str, dict[str, Any], str]] = [
    ("sparql", {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}, "SERVICE is refused"),
    ("sparql", {"query": "DROP ALL"}, "DROP is refused"),
    ("sparql", {"query": "SELECT * { ?s a kg:Methd"}, "did you mean kg:Method?"),
    ("sparql", {"query": ENDLESS}, "no answer within 2 s"),
    ("describe", {"id": "method/nothing"}, "no node 'method/nothing' is in this graph"),
    ("evidence", {"predicate": "uses"}, "give a subject or an object"),
    ("neighbours", {"id": "method/thingclr", "hops": 99}, "less than or equal to 3"),
]


def test_mistakes_are_told_so_that_an_agent_can_mend_them(folder: Path) -> None:
    async def work(session: ClientSession) -> None:
        for tool, arguments, message in MISTAKES:
            assert message in await call(session, tool, **arguments)

    talk(folder, work)
