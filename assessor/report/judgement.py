"""Sentences that judge: each follows from figures by a rule that stands beside it."""

from collections.abc import Sequence
from math import floor

from assessor.model import assessment as doc
from assessor.model.view import Tone
from assessor.report.wording import NOTHING, Wording, joined, say, share

# Means are cut like levels, not rounded up; so much is forgiven to binary fractions.
EPSILON = 1e-9
# Most: at least 60 %, as the standards' own words of coverage have it.
FIRM, LOOSE, MOSTLY = 0.7, 0.4, 0.6
READY, PARTLY = 4.0, 2.0
_GRADES: tuple[tuple[str, Tone], ...] = (("weak", "poor"), ("fair", "fair"), ("firm", "good"))


def overall(assessment: doc.Assessment, wording: Wording) -> str:
    """What the levels and the cut come to, in one or two sentences.

    Levels: by the mean of the indicative levels of the packs that can claim one: 4 and more, 2 and
    more, less. Cut: by its soundness and the mean cohesion over the units.
    """
    applying = [pack for pack in assessment.packs if pack.coverage is not None]
    parts = [_levels(applying, wording)] if applying else []
    cut = assessment.partition
    if cut is not None and len(cut.services) > 1:
        asked = assessment.options.services is not None
        parts.append(_cut(cut, wording, asked=asked))
    return joined(wording, parts)


def _levels(applying: list[doc.Pack], wording: Wording) -> str:
    """Of the standards with enough coverage to claim a level: the others tell too little."""
    scored = [p for p in applying if p.claimable is not None and p.indicative is not None]
    if not scored:
        return say(wording, "judgement.no-claim")
    mean = sum(pack.indicative or 0 for pack in scored) / len(scored)
    key = "ready" if mean >= READY else "partly" if mean >= PARTLY else "early"
    claims = [pack.claimable for pack in scored if pack.claimable is not None]
    best = max(scored, key=lambda pack: (pack.indicative or 0, pack.id))
    worst = min(scored, key=lambda pack: (pack.indicative or 0, pack.id))
    said = say(
        wording,
        f"judgement.{key}" if len(scored) > 1 else f"judgement.{key}-one",
        mean=f"{floor(mean * 10 + EPSILON) / 10:.1f}",
        best=best.id,
        best_level=f"{best.indicative:.1f}",
        worst=worst.id,
        worst_level=f"{worst.indicative:.1f}",
    )
    low, high = min(claims), max(claims)
    key = "judgement.claim" if low == high else "judgement.claims"
    return joined(wording, (said, say(wording, key, low=low, high=high)))


def _cut(cut: doc.Partition, wording: Wording, *, asked: bool) -> str:
    """How the services stand. asked: the reader chose their number, so it is no verdict."""
    cohesion, inside = mean_cohesion(cut), None if cut.quality.icp is None else 1 - cut.quality.icp
    counts = {
        "services": len(cut.services), "cohesion": share(cohesion), "inside": share(inside),
    }  # fmt: skip
    if asked:
        return say(wording, "judgement.asked", **counts)
    if not cut.sound:
        reason = say(wording, f"reason.{cut.reason}") if cut.reason else NOTHING
        return say(wording, "judgement.unsound", services=len(cut.services), reason=reason)
    held = inside is None or inside >= MOSTLY
    key = "firm" if cohesion >= FIRM and held else "fair" if cohesion >= LOOSE else "loose"
    return say(wording, f"judgement.{key}", **counts)


def mean_cohesion(cut: doc.Partition) -> float:
    """Mean cohesion of the services, each counted by its units."""
    units = sum(service.quality.size for service in cut.services)
    inside = sum(service.quality.cohesion * service.quality.size for service in cut.services)
    return inside / units if units else 0.0


def service(
    proposed: doc.Service, ties: Sequence[doc.ServiceTie], *, wording: Wording
) -> tuple[str, Tone]:
    """Whether a proposed service stands on its own, and how that should strike the reader.

    Firm: cohesion and confidence of at least 0.7, and most references that touch it stay inside.
    Weak: cohesion or confidence under 0.4. ties: those of all services.
    """
    quality = proposed.quality
    sure = quality.confidence
    least = quality.cohesion if sure is None else min(quality.cohesion, sure)
    inside = _inside(proposed, ties)
    firm = least >= FIRM and (inside is None or inside >= MOSTLY)
    key, tone = _GRADES[(least >= LOOSE) + firm]
    said = say(
        wording,
        f"service.{key}",
        cohesion=share(quality.cohesion),
        sure="" if sure is None else say(wording, "service.sure", confidence=share(sure)),
        inside=share(inside),
    )
    return said, tone


def _inside(proposed: doc.Service, ties: Sequence[doc.ServiceTie]) -> float | None:
    """The share of the references at a service's units that stays inside; None without any."""
    name, own = proposed.name, proposed.quality.references
    across = sum(tie.references for tie in ties if name in {tie.source, tie.target})
    return own / (own + across) if own + across else None
