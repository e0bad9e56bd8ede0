"""Changelogs of Liquibase in all their forms, and the order that their includes give."""

from unit.collect.platform.schema_found import found, keys, tables, values

HEAD = '<databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog">'
XML = """<?xml version="1.0" encoding="UTF-8"?>
<databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog">
  <changeSet id="1" author="a">
    <preConditions onFail="MARK_RAN"><not><tableExists tableName="decoy"/></not></preConditions>
    <createTable tableName="ORDERS">
      <column name="ID" type="bigint"><constraints primaryKey="true" nullable="false"/></column>
      <column name="customer_id" type="bigint">
        <constraints foreignKeyName="fk_c" references="customer(id)"/>
      </column>
      <column name="item_id" type="bigint"/>
    </createTable>
    <createTable tableName="customer"><column name="id" type="bigint"/></createTable>
    <createTable tableName="${prefix}decoy2"><column name="id" type="bigint"/></createTable>
    <rollback><dropTable tableName="orders"/></rollback>
  </changeSet>
  <changeSet id="2" author="a">
    <addForeignKeyConstraint baseTableName="orders" baseColumnNames="item_id"
        constraintName="fk_i" referencedTableName="item" referencedColumnNames="id"/>
    <addColumn tableName="orders"><column name="note" type="text"/></addColumn>
    <renameColumn tableName="orders" oldColumnName="note" newColumnName="remark"/>
    <dropColumn tableName="customer" columnName="id"/>
    <sql>
      CREATE TABLE raw (id int);
    </sql>
    <createView viewName="v">SELECT * FROM orders</createView>
    <!-- <createTable tableName="decoy3"/> -->
  </changeSet>
</databaseChangeLog>
"""
YAML = """\
databaseChangeLog:
  - changeSet:
      id: 1
      author: a
      changes:
        - createTable:
            tableName: orders
            columns:
              - column: {name: id, type: int, constraints: {primaryKey: true}}
              - column: {name: customer_id, type: int}
        - addForeignKeyConstraint:
            {baseTableName: orders, baseColumnNames: customer_id, referencedTableName: customer,
             constraintName: fk}
        - renameTable: {oldTableName: orders, newTableName: sales}
      rollback:
        - dropTable: {tableName: sales}
"""
FORMATTED = """\
--liquibase formatted sql
--changeset a:1
CREATE TABLE orders (id int);
--rollback DROP TABLE orders;
"""


def test_xml__changes_are_read__conditions_and_rollbacks_are_not():
    read = found({"db/changelog/1.xml": XML})
    assert tables(read) == {
        "customer": "", "orders": "id customer_id item_id remark", "raw": "id"
    }  # fmt: skip
    assert keys(read) == ["orders.customer_id > customer", "orders.item_id > item"]
    orders = values(read, "orders")
    assert (orders["tool"], orders["primary_key"], orders["place"]) == (
        "liquibase", ["id"], "db/changelog/1.xml:5"
    )  # fmt: skip
    assert values(read, "v")["reads"] == ["orders"]
    assert values(read, "raw")["place"] == "db/changelog/1.xml:23"


def test_yaml_and_json__are_read_alike():
    read = found({"db/changelog/a.yaml": YAML})
    assert (tables(read), keys(read)) == (
        {"sales": "id customer_id"}, ["sales.customer_id > customer"]
    )  # fmt: skip
    text = (
        '{"databaseChangeLog": [{"changeSet": {"id": "1", "changes": [{"createTable":'
        ' {"tableName": "a", "columns": [{"column": {"name": "id"}}]}}]}}]}'
    )
    assert tables(found({"db/changelog/a.json": text})) == {"a": "id"}


def test_formatted_sql__is_a_changelog():
    read = found({"db/changelog/a.sql": FORMATTED})
    assert tables(read) == {"orders": "id"}
    assert values(read, "orders")["tool"] == "liquibase"


def _log(*inside):
    return f"{HEAD}{''.join(inside)}</databaseChangeLog>"


def test_includes__give_the_order__and_what_nobody_includes_beside_them_is_left_over():
    make = '<changeSet id="1" author="a"><createTable tableName="a"/></changeSet>'
    drop = '<changeSet id="2" author="a"><dropTable tableName="a"/></changeSet>'
    old = '<changeSet id="0" author="a"><createTable tableName="old"/></changeSet>'
    read = found({
        "src/db/changelog/master.xml": _log(
            '<include file="classpath:db/changelog/parts/z.xml"/>',
            '<include file="parts/b.xml" relativeToChangelogFile="true"/>',
        ),
        "src/db/changelog/parts/z.xml": _log(make),
        "src/db/changelog/parts/b.xml": _log(drop),
        "src/db/changelog/parts/0.xml": _log(old),
    })  # fmt: skip
    assert tables(read) == {}
    backwards = '<includeAll path="db/changelog/more/"/>'
    read = found({
        "src/db/changelog/master.xml": _log(backwards, drop),
        "src/db/changelog/more/1.xml": _log(make, old),
    })  # fmt: skip
    assert tables(read) == {"old": ""}


def test_includes_in_a_circle__end():
    there = '<include file="b.xml" relativeToChangelogFile="true"/>'
    back = '<include file="a.xml" relativeToChangelogFile="true"/>'
    make = '<changeSet id="1" author="a"><createTable tableName="t"/></changeSet>'
    read = found({"db/a.xml": _log(there), "db/b.xml": _log(make, back)})
    assert tables(read) == {"t": ""}


def test_other_xml_and_yaml__define_nothing():
    others = {"db/x.xml": "<root><createTable tableName='a'/></root>", "db/x.yml": "create: table"}
    read = found(others)
    assert (tables(read), read.skips) == ({}, [])


def test_document_type_and_broken_xml__are_skips():
    bomb = f'<!DOCTYPE a [<!ENTITY b "c">]>{_log()}'
    read = found({"db/a.xml": bomb, "db/b.xml": "<databaseChangeLog><changeSet>"})
    assert tables(read) == {}
    assert sorted(skip.path for skip in read.skips) == ["db/a.xml", "db/b.xml"]
