"""`code.remote`, `code.message`, `code.job`, `code.transaction` and `code.setting` of Go."""

from collections.abc import Sequence
from itertools import chain

from assessor.collect.languages import behaviour
from assessor.collect.languages.behaviour import Row
from assessor.collect.languages.go_environment import settings
from assessor.collect.languages.go_jobs import jobs, transactions
from assessor.collect.languages.go_messages import messages
from assessor.collect.languages.go_owners import Calls
from assessor.collect.languages.go_remote import remote
from assessor.collect.languages.go_table import Source
from assessor.collect.languages.resolution import Extracted
from assessor.model.records import Artefact


def behaviour_artefacts(calls: Calls) -> Sequence[Artefact]:
    """The artefacts of all files: what is called is known only when all of them are."""
    rows: dict[Source, list[Row]] = {}
    found = chain(
        remote(calls), messages(calls), jobs(calls), transactions(calls), settings(calls)
    )
    for source, row in found:
        rows.setdefault(source, []).append(row)
    return behaviour.artefacts(
        [Extracted(source.file, {behaviour.FACTS: list(said)}) for source, said in rows.items()]
    )
