"""A kind of contract that import-linter does not have: some shelves of a room are for that room alone."""

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class PrivateShelves(Contract):
    """Each child of `container`, `shared` ones apart, keeps its `shelves` to itself."""

    type_name = "private_shelves"

    container = fields.StringField()
    shelves = fields.ListField(subfield=fields.StringField())
    shared = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        shelves = {shelf.strip() for line in self.shelves for shelf in line.split(",")}  # type: ignore[attr-defined]
        rooms = sorted(graph.find_children(str(self.container)) - {f"{self.container}.{s}" for s in self.shared})  # type: ignore[attr-defined]
        trespasses = [
            f"{importer} imports {private}"
            for room in rooms
            for private in sorted(graph.find_descendants(room))
            if private.removeprefix(f"{room}.").partition(".")[0] in shelves
            for importer in sorted(graph.find_modules_that_directly_import(private))
            if not importer.startswith(f"{room}.")
        ]
        return ContractCheck(kept=not trespasses, metadata={"trespasses": trespasses})

    def render_broken_contract(self, check: ContractCheck) -> None:
        trespasses: list[Any] = check.metadata["trespasses"]
        for trespass in trespasses:
            output.print_error(f"- {trespass}", bold=False)
