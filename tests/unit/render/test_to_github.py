"""New findings as workflow commands."""

from assessor.model.gate import Told
from assessor.model.rules import Outcome
from assessor.render.to_github import to_github


def test_to_github__gravest__comes_first():
    told = [Told("R", "x", Outcome.NOT_MET, each, "a", 2) for each in ("info", "major", "minor")]
    lines = to_github(told).decode().splitlines()
    assert [line.split()[0] for line in lines] == ["::error", "::warning", "::notice"]
    assert lines[0] == "::error file=a,line=2,title=R::x"


def test_to_github__a_hostile_name__starts_no_command_and_adds_no_property():
    told = Told("R", "50 %\n::set-output name=x::y", Outcome.NOT_MET, "major", "a,line=9::b\n::c")
    (line,) = to_github([told]).decode().splitlines()
    head, _, message = line.removeprefix("::error ").partition("::")
    assert head.count(",") == 2
    assert message.startswith("50 %25")
