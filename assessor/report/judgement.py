"""Sentences that judge: each follows from figures by a rule that stands beside it."""

from math import floor

from assessor.model import assessment as doc
from assessor.model.view import Tone
from assessor.report.wording import NOTHING, Wording, joined, say, share

# Means are cut like levels, not rounded up; so much is forgiven to binary fractions.
EPSILON = 1e-9
FIRM, LOOSE = 0.7, 0.4
READY, PARTLY = 3.0, 2.0
_GRADES: tuple[tuple[str, Tone], ...] = (("weak", "poor"), ("fair", "fair"), ("firm", "good"))


def overall(assessment: doc.Assessment, wording: Wording) -> str:
    """What the levels and the cut come to, in one or two sentences.

    Levels: by the mean of the packs' indicative levels, 3 and more, 2 and more, less. Cut: by its
    soundness and the mean cohesion over the units.
    """
    scored = [pack for pack in assessment.packs if pack.indicative is not None]
    parts = [_levels(scored, wording)] if scored else []
    cut = assessment.partition
    if cut is not None and len(cut.services) > 1:
        parts.append(_cut(cut, wording))
    return joined(wording, parts)


def _levels(scored: list[doc.Pack], wording: Wording) -> str:
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
    if not claims:
        return joined(wording, (said, say(wording, "judgement.no-claim")))
    low, high = min(claims), max(claims)
    key = "judgement.claim" if low == high else "judgement.claims"
    return joined(wording, (said, say(wording, key, low=low, high=high)))


def _cut(cut: doc.Partition, wording: Wording) -> str:
    cohesion = mean_cohesion(cut)
    if not cut.sound:
        reason = say(wording, f"reason.{cut.reason}") if cut.reason else NOTHING
        return say(wording, "judgement.unsound", services=len(cut.services), reason=reason)
    key = "firm" if cohesion >= FIRM else "fair" if cohesion >= LOOSE else "loose"
    return say(wording, f"judgement.{key}", services=len(cut.services), cohesion=share(cohesion))


def mean_cohesion(cut: doc.Partition) -> float:
    """Mean cohesion of the services, each counted by its units."""
    units = sum(service.quality.size for service in cut.services)
    inside = sum(service.quality.cohesion * service.quality.size for service in cut.services)
    return inside / units if units else 0.0


def service(proposed: doc.Service, wording: Wording) -> tuple[str, Tone]:
    """Whether a proposed service stands on its own, and how that should strike the reader.

    Firm: cohesion and confidence of at least 0.7. Weak: one of them under 0.4.
    """
    quality = proposed.quality
    least = min(quality.cohesion, quality.confidence)
    key, tone = _GRADES[(least >= LOOSE) + (least >= FIRM)]
    said = say(
        wording,
        f"service.{key}",
        cohesion=share(quality.cohesion),
        confidence=share(quality.confidence),
    )
    return said, tone
