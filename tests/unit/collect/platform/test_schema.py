"""The schema after all changes: who runs them in which order, and what is left at the end."""

import json

from unit.collect.platform.conftest import plain
from unit.collect.platform.schema_found import found, keys, tables, values

from assessor.collect import platform
from assessor.model.records import File, FileKind

A = "CREATE TABLE a (id int);"
RENAMED = "ALTER TABLE a RENAME TO b;"


def test_flyway__versions_are_numbers__undo_is_not_run_and_repeated_come_last():
    folder = "src/main/resources/db/migration"
    read = found({
        f"{folder}/V1__a.sql": "CREATE TABLE t (id int);",
        f"{folder}/V2__b.sql": "ALTER TABLE t ADD one int;",
        f"{folder}/V10__c.sql": "ALTER TABLE t RENAME TO u;",
        f"{folder}/U10__c.sql": "ALTER TABLE u RENAME TO t;",
        f"{folder}/R__view.sql": "CREATE VIEW v AS SELECT * FROM u;",
    })  # fmt: skip
    assert tables(read) == {"u": "id one"}
    assert values(read, "u")["tool"] == "flyway"
    assert values(read, "v")["reads"] == ["u"]


def test_flyway__folders_for_each_database__follow_what_is_for_all():
    folder = "db/migration"
    read = found({
        f"{folder}/common/V1__a.sql": A,
        f"{folder}/mysql/V2__b.sql": RENAMED,
        f"{folder}/postgresql/V2__b.sql": f"{RENAMED} CREATE TABLE only_there (id int);",
    })  # fmt: skip
    assert tables(read) == {"b": "id", "only_there": "id"}


def test_marks_of_tools__only_what_goes_forward__is_run():
    read = found({
        "goose/migrations/001_a.sql":
            "-- +goose Up\nCREATE TABLE goose (id int);\n-- +goose Down\nDROP TABLE goose;\n",
        "dbmate/migrations/2024_a.sql":
            "-- migrate:up\nCREATE TABLE mate (id int);\n-- migrate:down\nDROP TABLE mate;\n",
        "golang/migrations/000001_a.up.sql": "CREATE TABLE go (id int);",
        "golang/migrations/000001_a.down.sql": "DROP TABLE go;",
    })  # fmt: skip
    assert tables(read) == {"go": "id", "goose": "id", "mate": "id"}
    assert {name: values(read, name)["tool"] for name in tables(read)} == {
        "go": "golang-migrate", "goose": "goose", "mate": "dbmate"
    }  # fmt: skip


def test_prisma_and_drizzle__are_known_by_folder_and_by_mark():
    read = found({
        "prisma/migrations/20240101000000_init/migration.sql":
            'CREATE TABLE "User" ("id" SERIAL NOT NULL);',
        "prisma/migrations/20240202000000_next/migration.sql":
            'ALTER TABLE "User" ADD COLUMN "orgId" INTEGER;',
        "drizzle/0000_first.sql":
            "CREATE TABLE `note` (`id` integer);\n--> statement-breakpoint\nSELECT 1;",
    })  # fmt: skip
    assert tables(read) == {"note": "id", "user": "id orgid"}
    assert values(read, "user")["tool"] == "prisma"
    assert values(read, "note")["tool"] == "drizzle"


def test_sqitch__a_script_runs_after_what_it_requires():
    read = found({
        "deploy/b.sql": "-- Deploy shop:b to pg\n-- requires: z\nALTER TABLE a RENAME TO b;",
        "deploy/z.sql": "-- Deploy shop:z to pg\nCREATE TABLE a (id int);",
        "revert/z.sql": "-- Revert shop:z from pg\nDROP TABLE a;",
    })  # fmt: skip
    assert tables(read) == {"b": "id"}


def test_migrations_that_drop_a_table__count_more_than_a_file_that_still_has_it():
    read = found({
        "db/schema.sql": "CREATE TABLE a (id int); CREATE TABLE kept (id int);",
        "db/migrations/1_a.sql": "DROP TABLE a;",
    })  # fmt: skip
    assert tables(read) == {"kept": "id"}


def test_key_to_a_table_that_is_gone__is_gone__and_one_to_elsewhere_stays():
    read = found({
        "db/migrations/1_a.sql":
            "CREATE TABLE a (b_id int REFERENCES b (id), c_id int REFERENCES away (id));"
            "CREATE TABLE b (id int);",
        "db/migrations/2_b.sql": "DROP TABLE b;",
    })  # fmt: skip
    assert keys(read) == ["a.c_id > away"]


def test_tests_schema__is_marked_as_the_tests_own():
    sources = {"src/test/resources/schema.sql": A.encode()}
    [(path, content)] = sources.items()
    artefacts, _ = platform.decode(path, platform.parse(path, content))
    [table] = platform.link(artefacts, [File(path, FileKind.TEST, "", 0, "")])
    assert plain(table.root)["unit_kind"] == "test"


def test_order_of_files__changes_nothing():
    sources = {
        "db/migration/V1__a.sql": A,
        "db/migration/V2__b.sql": RENAMED,
        "db/schema.sql": "CREATE TABLE c (id int, a_id int REFERENCES a (id));",
    }
    backwards = dict(reversed(list(sources.items())))
    assert found(sources).artefacts == found(backwards).artefacts


def test_inner_artefact__survives_the_way_out_of_the_worker():
    result = json.loads(json.dumps(platform.parse("db/schema.sql", A.encode())))
    artefacts, skips = platform.decode("db/schema.sql", result)
    assert [each.kind for each in artefacts] == ["schema.file"]
    assert [each.kind for each in platform.link(artefacts, [])] == ["data.table"]
    assert skips == ()


def test_dump_over_a_mebibyte__is_read__over_four_is_a_skip():
    row = "INSERT INTO a VALUES (1);\n"
    read = found({"dump.sql": A + "\n" + row * 50_000})
    assert tables(read) == {"a": "id"}
    [skip] = found({"dump.sql": A + "\n" + row * 170_000}).skips
    assert (skip.code, skip.by) == ("oversized", "platform.schema")


def test_table_that_migrations_only_change__is_there_in_part__but_not_by_a_plain_file():
    read = found({
        "db/migrations/1_a.sql": "ALTER TABLE a ADD COLUMN b_id int REFERENCES b (id);",
        "db/migrations/2_b.sql": "ALTER TABLE b DROP COLUMN x; ALTER TABLE c ADD d int;",
        "db/migrations/3_c.sql": "DROP TABLE c;",
        "sql/other.sql": "ALTER TABLE e ADD f int;",
    })  # fmt: skip
    assert tables(read) == {"a": "b_id"}
    assert values(read, "a")["partial"] is True
    assert keys(read) == ["a.b_id > b"]
