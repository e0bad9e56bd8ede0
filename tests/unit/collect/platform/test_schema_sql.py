"""SQL that defines the schema: statements of all dialects, what is no definition, broken ones."""

import pytest
from unit.collect.platform.schema_found import found, keys, tables, values

from assessor.collect.platform import schema

MYSQL = """\
-- CREATE TABLE decoy (id int);
# CREATE TABLE decoy2 (id int);
/* CREATE TABLE decoy3 (id int); */
CREATE TABLE IF NOT EXISTS `orders` (
  `id` bigint NOT NULL AUTO_INCREMENT COMMENT 'it\\'s; CREATE TABLE decoy4 (id int)',
  `key` varchar(20) NOT NULL,
  `customer_id` bigint,
  PRIMARY KEY (`id`, `key`),
  KEY `idx_customer` (`customer_id`),
  UNIQUE KEY `u` (`key`),
  CONSTRAINT `fk_customer` FOREIGN KEY (`customer_id`) REFERENCES `customer` (`id`)
) ENGINE=InnoDB;
INSERT INTO orders VALUES (1, 'a;\\'CREATE TABLE decoy5 (id int);', 2);
CREATE TABLE customer (id int primary key);
CREATE TEMPORARY TABLE decoy6 (id int);
"""
TSQL = """\
IF OBJECT_ID(N'[dbo].[Order]') IS NULL
BEGIN
CREATE TABLE [dbo].[Order] (
    [Id] UNIQUEIDENTIFIER NOT NULL,
    [Note] NVARCHAR (MAX) NULL,
    CONSTRAINT [PK_Order] PRIMARY KEY CLUSTERED ([Id] ASC)
)
END
GO
CREATE OR ALTER PROCEDURE [dbo].[Make] AS BEGIN
    CREATE TABLE Decoy (Id INT);
    CREATE TABLE #Temp (Id INT);
END
GO
ALTER TABLE [dbo].[Order] WITH CHECK ADD CONSTRAINT [FK_Order_User] FOREIGN KEY([Note])
REFERENCES [sales].[User] ([Id])
GO
ALTER TABLE [dbo].[Order] ADD [Extra] INT NULL, CONSTRAINT DF_Extra DEFAULT (1) FOR [Extra]
GO
EXEC sp_rename 'dbo.Order.Extra', 'More', 'COLUMN'
"""
POSTGRES = """\
CREATE TABLE public.item (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    key text, check_sum numeric(10, 2) CHECK (check_sum > 0),
    owner uuid NOT NULL CONSTRAINT fk_owner REFERENCES "user" (id) ON DELETE CASCADE,
    CHECK (key <> ''), EXCLUDE USING gist (owner WITH =)
);
CREATE FUNCTION f() RETURNS void AS $body$ BEGIN CREATE TABLE decoy (id int); END $body$
LANGUAGE plpgsql;
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1) THEN
    ALTER TABLE item ADD CONSTRAINT fk_box FOREIGN KEY (key) REFERENCES box (name);
  END IF;
END $$;
COPY public.item (id) FROM stdin;
1\tCREATE TABLE decoy2 (id int);
\\.
CREATE TABLE ${prefix}decoy3 (id int);
CREATE TABLE "user" (id uuid);
CREATE VIEW boxes AS SELECT i.id FROM item i JOIN "user" u ON u.id = i.owner;
CREATE INDEX i ON item (key);
"""


def test_mysql__keys_and_comments__are_told_from_columns():
    read = found({"db/schema.sql": MYSQL})
    assert tables(read) == {"customer": "id", "orders": "id key customer_id"}
    assert keys(read) == ["orders.customer_id > customer"]
    assert read.skips == []
    orders = values(read, "orders")
    assert (orders["primary_key"], orders["tool"], orders["place"]) == (
        ["id", "key"], "sql", "db/schema.sql:4"
    )  # fmt: skip


def test_tsql__brackets_batches_and_guards__are_understood():
    read = found({"db/Order.sql": TSQL})
    assert tables(read) == {"order": "id note more"}
    assert keys(read) == ["order.note > sales.user"]


def test_postgres__bodies_data_and_placeholders__make_no_tables():
    read = found({"db/schema.sql": POSTGRES})
    assert tables(read) == {"item": "id key check_sum owner", "user": "id"}
    assert keys(read) == ["item.key > box", "item.owner > user"]
    boxes = values(read, "boxes")
    assert (boxes["view"], boxes["reads"]) == (True, ["item", "user"])


def test_alter__columns_and_keys__come_go_and_change_their_names():
    text = """\
CREATE TABLE a (id int, b_id int, gone int, CONSTRAINT fk_b FOREIGN KEY (b_id) REFERENCES b (id));
CREATE TABLE b (id int);
ALTER TABLE a ADD COLUMN note text, DROP COLUMN gone, ADD (c_id int, d int);
ALTER TABLE a RENAME COLUMN note TO remark;
ALTER TABLE a CHANGE d e bigint;
ALTER TABLE a DROP CONSTRAINT fk_b;
ALTER TABLE a ADD FOREIGN KEY (c_id) REFERENCES b (id);
ALTER TABLE b RENAME TO beta;
CREATE TABLE left_over (id int);
DROP TABLE IF EXISTS left_over, never CASCADE;
RENAME TABLE a TO alpha;
"""
    read = found({"schema.sql": text})
    assert tables(read) == {"alpha": "id b_id remark c_id e", "beta": "id"}
    assert keys(read) == ["alpha.c_id > beta"]


def test_table_as_query__is_a_table_without_known_columns():
    read = found({"schema.sql": "CREATE TABLE copy AS SELECT * FROM orders;"})
    assert tables(read) == {"copy": ""}


def test_broken_statement__is_skipped_by_its_line_and_the_rest_is_read():
    text = "CREATE TABLE a (id int);\nCREATE TABLE b (id int, (;\nCREATE TABLE c (id int);\n"
    read = found({"schema.sql": text})
    assert tables(read) == {"a": "id", "c": "id"}
    assert [(skip.line, skip.code, skip.affects) for skip in read.skips] == [
        (2, "syntax-error", ("data.foreign_key", "data.table"))
    ]


def test_same_tables_for_several_databases__are_there_once():
    text = "CREATE TABLE pet (id int, owner_id int REFERENCES owner (id));"
    read = found({f"db/{vendor}/schema.sql": text for vendor in ("mysql", "h2", "postgres")})
    assert tables(read) == {"pet": "id owner_id"}
    assert keys(read) == ["pet.owner_id > owner"]
    assert values(read, "pet")["place"] == "db/h2/schema.sql:1"


@pytest.mark.parametrize(
    "path",
    ["db/rollback/1.sql", "db/old/all.sql", "sql/schema.down.sql", "db/U2__undo.sql"],
)
def test_file_that_goes_back_or_is_old__defines_nothing(path):
    assert tables(found({path: "CREATE TABLE a (id int);"})) == {}


def test_upgrade_script__beside_a_current_schema__adds_nothing():
    old, new = "CREATE TABLE old (id int);", "CREATE TABLE new (id int);"
    assert tables(found({"db/upgrade/to_three.sql": old, "db/schema.sql": new})) == {"new": "id"}
    assert tables(found({"db/backups/all.sql": old, "db/schema.sql": new})) == {"new": "id"}
    assert tables(found({"db/upgrade/to_three.sql": old})) == {"old": "id"}


def test_claims__only_what_may_define_a_schema__is_read():
    claimed = (
        "a.sql", "A.SQL", "db/changelog/x.xml", "db.changelog-master.yaml", "shop/migrations/1.py",
        "database/migrations/1.php", "App/Migrations/1.cs", "src/migration/1.ts",
        "web/settings.py",
    )  # fmt: skip
    others = ("pom.xml", "src/a.py", "src/Order.cs", "app/User.php", "x.sqlite", "k8s/db.yml")
    assert [path for path in claimed if not schema.claims(path)] == []
    assert [path for path in others if schema.claims(path)] == []


def test_large_dump__data_are_passed_over__quickly_and_without_a_trace():
    rows = "INSERT INTO a VALUES (1, 'x;''y', \"z\");\n" * 60_000
    read = found({"dump.sql": f"CREATE TABLE a (id int);\n{rows}CREATE TABLE b (id int);\n"})
    assert tables(read) == {"a": "id", "b": "id"}
    assert values(read, "b")["place"] == "dump.sql:60002"


@pytest.mark.parametrize(
    "text",
    [
        "/*" * 200_000, "'" * 200_000, "`" * 200_000, '"a' * 200_000, "$a$ $b$" * 40_000,
        "GO\n" * 100_000, "CREATE TABLE a (" + "(" * 50_000, "CREATE " * 20_000,
        "CREATE PROCEDURE x;\n" * 40_000, "DELIMITER $$\n" * 20_000,
        "CREATE TABLE " + "a." * 20_000, "ALTER TABLE x ADD " * 5_000, "\n \t" * 100_000 + "x",
        "${" * 50_000, "\ud800CREATE TABLE",
    ],
    ids=range(15),
)  # fmt: skip
def test_hostile_text__takes_linear_time_and_defines_nothing(text):
    reading = schema.parse("x.sql", text)
    assert [each.kind for each in reading.artefacts] == []
    assert len(reading.skips) <= schema.MAX_BROKEN


def test_secret_in_data__never_leaves():
    text = "CREATE TABLE a (id int DEFAULT 'hunter2'); INSERT INTO a VALUES ('hunter2');"
    read = found({"schema.sql": text})
    assert "hunter2" not in str(read.artefacts)
