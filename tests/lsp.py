"""A small client of the language server protocol: what an editor would show is asked of `yaml-language-server`."""

import json
import queue
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any, final

from tests.node import HERE

SERVER = HERE / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
_PATIENCE = 60


@final
class Editor:
    """
    An editor with one folder open; use it with `editor`.

    Attributes:
        folder: The folder.
    """

    def __init__(self, process: "subprocess.Popen[bytes]", folder: Path, settings: dict[str, Any]) -> None:
        self.folder = folder
        self._process = process
        self._settings = settings
        self._count = 0
        self._messages: queue.Queue[dict[str, Any]] = queue.Queue()
        self._diagnostics: dict[str, list[dict[str, Any]]] = {}
        Thread(target=self._listen, daemon=True).start()
        capabilities = {
            "workspace": {"configuration": True},
            "textDocument": {"hover": {"contentFormat": ["markdown"]}},
        }
        opened = [{"uri": folder.as_uri(), "name": folder.name}]
        asked = {"processId": None, "rootUri": opened[0]["uri"], "capabilities": capabilities}
        self._ask("initialize", {**asked, "workspaceFolders": opened})
        self._send({"method": "initialized", "params": {}})

    def open(self, name: str) -> list[dict[str, Any]]:
        """Open a file of the folder, and return what the server finds wrong in it."""
        uri = (self.folder / name).as_uri()
        text = (self.folder / name).read_text(encoding="utf-8")
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        self._diagnostics.pop(uri, None)
        while uri not in self._diagnostics:
            self._take()
        return self._diagnostics[uri]

    def hover(self, name: str, line: int, column: int) -> str:
        """Return what is shown for the place, counted from 1, of an open file."""
        shown = self._ask("textDocument/hover", self._place(name, line, column))
        return "" if shown is None else str(shown["contents"]["value"])

    def complete(self, name: str, line: int, column: int) -> dict[str, str]:
        """Return what is offered at the place, counted from 1, of an open file, and what is said about each."""
        offered = self._ask("textDocument/completion", self._place(name, line, column))
        items = offered["items"] if isinstance(offered, dict) else offered
        return {str(item["label"]): _plain(item.get("documentation")) for item in items}

    def close(self) -> None:
        self._ask("shutdown", None)
        self._send({"method": "exit", "params": None})

    def _place(self, name: str, line: int, column: int) -> dict[str, Any]:
        uri = (self.folder / name).as_uri()
        return {"textDocument": {"uri": uri}, "position": {"line": line - 1, "character": column - 1}}

    def _ask(self, method: str, params: Any) -> Any:
        self._count += 1
        self._send({"id": self._count, "method": method, "params": params})
        while True:
            message = self._take()
            if message.get("id") == self._count and "method" not in message:
                assert "error" not in message, message["error"]
                return message["result"]

    def _take(self) -> dict[str, Any]:
        """Return the next message; what the server asks is answered, and what it finds is kept."""
        message = self._messages.get(timeout=_PATIENCE)
        if message.get("method") == "workspace/configuration":
            wanted = [self._settings.get(item["section"]) for item in message["params"]["items"]]
            self._send({"id": message["id"], "result": wanted})
        elif message.get("method") == "textDocument/publishDiagnostics":
            self._diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            self._send({"id": message["id"], "result": None})
        return message

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while header := stream.readline():
            length = re.fullmatch(rb"Content-Length: (\d+)\s*", header)
            if length:
                while stream.readline().strip():
                    pass
                self._messages.put(json.loads(stream.read(int(length[1]))))


def _plain(documentation: Any) -> str:
    return str(documentation["value"]) if isinstance(documentation, dict) else str(documentation or "")


@contextmanager
def editor(folder: Path, schemas: dict[str, list[str]] | None = None) -> Iterator[Editor]:
    """
    Open *folder* in an editor, and close it in the end.

    Args:
        folder: The folder.
        schemas: What its settings say under ``yaml.schemas``.
    """
    yaml = {
        "validate": True,
        "hover": True,
        "completion": True,
        "schemas": schemas or {},
        "schemaStore": {"enable": False},
    }
    with subprocess.Popen(
        ["node", str(SERVER), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        try:
            one = Editor(process, folder, {"yaml": yaml})
            yield one
            one.close()
        finally:
            process.kill()
