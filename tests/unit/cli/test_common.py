"""What every command asks before its work and tells after it."""

from dataclasses import replace

import pytest
from unit.report.assessments import FOUND

from assessor.cli import common
from assessor.errors import IncompleteError, UsageError


def _refused(output, source):
    with pytest.raises(UsageError) as raised:
        common.writable(output, source=source)
    message = str(raised.value)
    assert message.startswith(f"{output}: ")
    assert message.endswith(".")
    assert len(message.splitlines()) == 1
    return message


def test_writable__nothing_is_to_be_written__is_never_refused(tmp_path):
    common.writable(None, source=tmp_path / "gone")


@pytest.mark.parametrize("there", [False, True])
def test_writable__a_file_in_a_folder__leaves_it_as_it_is(tmp_path, there):
    output = tmp_path / "out.pdf"
    if there:
        output.write_bytes(b"old")
    common.writable(output, source=tmp_path)
    assert output.exists() == there
    assert not there or output.read_bytes() == b"old"


def test_writable__what_is_to_be_read__is_refused_under_any_name(tmp_path):
    source, link = tmp_path / "saved.json", tmp_path / "link.json"
    source.write_bytes(b"{}")
    link.symlink_to(source)
    for output in (source, link, tmp_path / "." / "x" / ".." / "saved.json"):
        assert "is what is to be read" in _refused(output, source)
    assert "is what is to be read" in _refused(source, link)
    assert source.read_bytes() == b"{}"


def test_writable__no_folder_for_it__is_refused_with_its_name(tmp_path):
    output = tmp_path / "gone" / "out.pdf"
    assert f"there is no folder {output.parent}" in _refused(output, tmp_path)


def test_writable__a_file_in_place_of_the_folder__is_refused(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    assert "there is no folder" in _refused(tmp_path / "file" / "out.pdf", tmp_path)


def test_writable__a_folder__is_refused(tmp_path):
    (tmp_path / "out").mkdir()
    assert "it is a folder" in _refused(tmp_path / "out", tmp_path / "source")


def test_writable__a_link_that_leads_to_itself__is_refused(tmp_path):
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    assert "cannot be written" in _refused(loop, tmp_path)
    assert "cannot be written" in _refused(loop / "out.pdf", tmp_path)


def test_write__a_link_that_leads_to_itself__is_refused(tmp_path):
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    with pytest.raises(UsageError, match="cannot be written"):
        common.write(b"x", output=loop)


@pytest.mark.parametrize(("coverage", "least"), [(0.5, 0.5), (1.0, 1.0), (0.0, 0.0)])
def test_complete__enough_was_read__says_nothing(coverage, least):
    common.complete(_read(coverage), least)


def test_complete__less_was_read__exits_4_and_says_how_much():
    with pytest.raises(IncompleteError) as raised:
        common.complete(_read(0.25), 0.5)
    assert raised.value.exit_code == 4
    assert str(raised.value).startswith("only 25% of the readable files could be read")
    assert "--min-coverage 0.5" in str(raised.value)


def _read(coverage):
    return replace(FOUND, inventory=replace(FOUND.inventory, coverage=coverage))
