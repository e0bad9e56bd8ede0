"""Assesses base and head of a change alike, and keeps what it assessed."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from pydantic import TypeAdapter

from assessor import pipeline
from assessor.collect.cache import Cache, key
from assessor.collect.repository import Source
from assessor.model.gate import Audited
from assessor.model.rules import Rules
from assessor.render.to_json import plain

KIND = "assessed"


@dataclass(frozen=True, slots=True)
class Bench:
    """What both are assessed with."""

    rules: Rules
    options: pipeline.Options
    cache: Cache
    report: Callable[[str, int, int], None]

    def head(self, source: Source) -> Audited:
        """The assessment of that commit, made anew and kept to be the base of the next change."""
        made = pipeline.audited(
            source, self.rules, options=self.options, report=self.report, cache=self.cache
        )
        # What is missing today may be there tomorrow.
        if not any(skip.code == "missing" for skip in made.assessment.skips):
            content = json.dumps(plain(made), ensure_ascii=True)
            self.cache.put(KIND, self._key(source), content.encode("ascii"))
        return made

    def base(self, source: Source) -> Audited:
        """The assessment of that commit, the kept one where there is one.

        Branches and tags are no part of its key: what they tell is of the past, which a gate
        leaves out. Hence a head is not taken from here.
        """
        known = self.cache.get(KIND, self._key(source))
        if known is not None:
            return TypeAdapter(Audited).validate_python(json.loads(known))
        return self.head(source)

    def _key(self, source: Source) -> str:
        options = (
            self.options.services,
            self.options.since_text,
            self.options.seed,
            self.options.xray,
        )
        return key(
            *pipeline.depends(source, self.rules),
            source.revision,
            source.attributes_of,
            *map(str, options),
        )
