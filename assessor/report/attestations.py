"""What people signed, apart from what was seen."""

from dataclasses import replace

from assessor.model import assessment as doc
from assessor.model.basis import EvidenceKind
from assessor.model.view import Block, Section, Sentence, Table
from assessor.report.answers import answers_table
from assessor.report.wording import Wording, joined, listed, say


def attestations(assessment: doc.Assessment, wording: Wording) -> Section:
    """Every attestation with who signed it in which role, until when it holds and its state.

    Nothing where there is none. Those that speak of what is not for a person to tell are named.
    """
    given = assessment.attestations
    title = say(wording, "attestations.title")
    if not given:
        return Section("attestations", title, ())
    ignored = _ignored(assessment)
    count = sum(each.state == "counts" for each in given) - len(ignored)
    told = say(wording, "attestations.intro", total=len(given), count=count)
    blocks: list[Block] = [
        Sentence(joined(wording, (told, say(wording, "attestations.limit")))),
        _for_pages(answers_table(given, assessment, wording=wording)),
    ]
    if ignored:
        named = listed(wording, ignored)
        blocks.append(Sentence(say(wording, "attestations.ignored", facts=named), "poor"))
    return Section("attestations", title, tuple(blocks), page=True)


def _for_pages(table: Table) -> Table:
    """The table without the digests at its right, for which a page has no room."""
    rows = tuple(row[:-1] for row in table.rows)
    return replace(table, columns=table.columns[:-1], rows=rows, wide=(1, 2, 6))


def _ignored(assessment: doc.Assessment) -> list[str]:
    """Rule and fact of the attestations that would count, but answer what has to be proven."""
    asked = {
        fact.name
        for fact in assessment.facts
        if fact.kind is EvidenceKind.ATTESTATION and fact.applies
    }
    return [
        f"{each.attestation.rule} {each.attestation.fact}"
        for each in assessment.attestations
        if each.state == "counts" and each.attestation.fact not in asked
    ]
