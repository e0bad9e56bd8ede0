"""Changes to a clone of the sample shop, and what the gate says of them."""

import json
import subprocess

from e2e.conftest import assessor


def commit(folder):
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    subprocess.run(["git", "-C", str(folder), "add", "-A"], check=True)
    words = ["git", "-C", str(folder), *who, "commit", "-q", "-m", "change"]
    subprocess.run(words, check=True)


def edit(folder, path, old, new):
    file = folder / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def gate(folder, *args):
    done = assessor("gate", folder, "--format", "json", *args)
    return done.returncode, json.loads(done.stdout) if done.stdout else {}, done.stderr


def new(found):
    """The findings that the change brought, or of which it took away what was there."""
    return [each["finding"] for each in found["findings"] if each["state"] != "known"]


def places(found):
    return {f"{each['path']}:{each['line']}" for each in new(found)}
