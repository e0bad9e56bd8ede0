"""An assessment scored or cut anew from what was kept of its run, without its repository."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from assessor.errors import UsageError
from assessor.model import assessment as doc
from assessor.model.decisions import Attested
from assessor.model.kept import Kept
from assessor.model.partition import Partition
from assessor.model.rules import Rules
from assessor.pipeline.judging import judged, specs
from assessor.pipeline.studying import UNCONSTRAINED, unkept
from assessor.scoring.attesting import renewed


def rescored(
    assessment: doc.Assessment,
    kept: Kept,
    loaded: Rules,
    *,
    attestations: Sequence[Attested],
    remedied: Collection[tuple[str, int]] = (),
) -> doc.Assessment:
    """The assessment with its facts and levels anew, all else as it is.

    attestations: instead of those it had. remedied: rules that are taken to be met up to a level,
    (rule id, level). Raises UsageError where it was made with other rules, or a rule is unknown.
    """
    from assessor.report.assemble import rescored as assembled

    if loaded.digest != assessment.provenance.rules:
        raise UsageError(
            f"the rules have changed since revision {assessment.repository.revision[:10] or '–'}"
            " was assessed; audit it again."
        )
    known = {rule.id for pack in loaded.packs for rule in pack.rules}
    unknown = sorted(name for name, _ in remedied if name not in known)
    if unknown:
        raise UsageError(f"there is no rule {unknown[0]!r}; `assessor rules list` names them all.")
    scores, facts = judged(loaded, kept.facts, attestations=attestations, remedied=remedied)
    made = assembled(assessment, scores, facts=facts, specs=specs(loaded))
    return replace(made, attestations=renewed(attestations, made.packs))


def recut(assessment: doc.Assessment, kept: Kept, cut: Partition) -> doc.Assessment:
    """The assessment with that cut as the proposed services; facts and levels stay as they are."""
    from assessor.report.cut import recut as assembled

    wanted = assessment.partition.constraints if assessment.partition else UNCONSTRAINED
    seen = replace(kept.seen, partition=cut)
    return assembled(assessment, seen, broken=unkept(cut, wanted))
