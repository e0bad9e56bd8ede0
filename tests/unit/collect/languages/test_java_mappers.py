# ruff: noqa: E501 - programs and what is expected of them stand on one line each
"""Mappers of MyBatis: annotations and XML; the XML as it is read."""

import pytest
from unit.collect.languages.jvm_data import MYBATIS, accesses, artefacts, rows

from assessor.collect.languages import is_settings
from assessor.collect.languages.jvm_settings import read

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE mapper PUBLIC "-//mybatis.org//DTD Mapper 3.0//EN" "http://mybatis.org/dtd/mybatis-3-mapper.dtd">\n'
INTERFACE = {"Orders.java": "package shop;\npublic interface Orders { }"}


def _mapper(inner: str, namespace: str = "shop.Orders") -> str:
    return f'{HEAD}<mapper namespace="{namespace}">\n{inner}\n</mapper>'


def _done(inner: str) -> list[str]:
    return [
        each.removeprefix("Orders.java ")
        for each in accesses({**INTERFACE, "m/Orders.xml": _mapper(inner)})
    ]


STATEMENTS = [
    ('<select id="a">select * from ORDERS where id = #{id}</select>', ["orders read mapper"]),
    ('<select id="a">SELECT name FROM Orders</select>', ["orders read mapper"]),
    ('<delete id="a">delete from orders</delete>', ["orders delete mapper"]),
    ('<update id="a">update orders set x = #{x,jdbcType=VARCHAR} where id = #{id}</update>', ["orders update mapper"]),
    ('<insert id="a">insert into orders (x, y) values (#{x}, #{y})</insert>', ["orders create mapper"]),
    ('<insert id="a">insert into orders (x) select x from items where y = #{y}</insert>', ["items read mapper", "orders create mapper"]),
    ('<insert id="a">insert into orders (x) values (#{x}) on duplicate key update x = #{x}</insert>', ["orders create mapper", "orders update mapper"]),
    ('<insert id="a"><selectKey keyProperty="id" order="BEFORE">select max(id) from sequence_orders</selectKey>insert into orders (x) values (#{x})</insert>', ["orders create mapper", "sequence_orders read mapper"]),
    ('<select id="a">select * from orders <where><if test="x">and x = #{x}</if><if test="y">and y = #{y}</if></where></select>', ["orders read mapper"]),
    ('<update id="a">update orders <set><if test="x">x = #{x},</if><if test="y">y = #{y},</if></set> where id = #{id}</update>', ["orders update mapper"]),
    ('<update id="a">update orders <trim prefix="SET" suffixOverrides=","><if test="x">x = #{x},</if></trim> where id = #{id}</update>', ["orders update mapper"]),
    ('<select id="a">select * from orders where id in <foreach collection="l" item="i" open="(" separator="," close=")">#{i}</foreach></select>', ["orders read mapper"]),
    ('<insert id="a">insert into orders (x) values <foreach collection="l" item="i" separator=",">(#{i})</foreach></insert>', ["orders create mapper"]),
    ('<select id="a">select * from orders <choose><when test="x">where x = 1</when><otherwise>where y = 2</otherwise></choose></select>', ["orders read mapper"]),
    ('<select id="a"><bind name="p" value="\'%\' + x"/>select * from orders where x like #{p}</select>', ["orders read mapper"]),
    ('<select id="a"><![CDATA[ select * from orders where x < #{x} ]]></select>', ["orders read mapper"]),
    ('<select id="a"><!-- from nowhere -->select * <!-- select 1 from items --> from orders where x = 1</select>', ["orders read mapper"]),
    ('<sql id="c">x, y</sql><select id="a">select <include refid="c"/> from orders where x = 1</select>', ["orders read mapper"]),
    ('<sql id="f">from orders o <include refid="g"/></sql><sql id="g">join items i on i.o = o.id</sql><select id="a">select * <include refid="f"/></select>', ["items read mapper", "orders read mapper"]),
    ('<select id="a">select o.id from orders o left join customer c on c.id = o.c order by ${order}</select>', ["customer read mapper", "orders read mapper"]),
    ('<select id="a">select nextval from dual</select>', []),
    ('<select id="a" statementType="CALLABLE">{call close_orders(#{x})}</select>', []),
    ('<update id="a">create table orders (id int)</update>', []),
    ('<resultMap id="a" type="x"><result column="select * from orders where x = 1"/></resultMap>', []),
    ('<sql id="c">select * from orders where x = 1</sql>', []),
]  # fmt: skip


@pytest.mark.parametrize(("inner", "expected"), STATEMENTS)
def test_mapper__statements_in_xml__are_what_the_interface_does(
    inner: str, expected: list[str]
) -> None:
    assert _done(inner) == expected


def test_mapper__place_and_keys__the_line_in_the_xml_and_the_unit_in_java() -> None:
    xml = _mapper(
        '<select id="a">\n select * from orders where x = 1</select>\n<select id="b">select x from orders where x = 2</select>'
    )
    found = rows(artefacts({**INTERFACE, "m/Orders.xml": xml}), "data.access")
    assert found == [
        {"at": "m/Orders.xml:4", "language": "java", "table": "orders", "operation": "read", "via": "mapper", "count": 2,
         "unit": "Orders.java", "unit_kind": "source"},
    ]  # fmt: skip


def test_mapper__a_table_that_is_a_placeholder__is_unread() -> None:
    xml = _mapper(
        '<select id="a">select * from ${table} where x = #{x}</select><select id="b">select * <include refid="gone.f"/> where x = 1</select>'
    )
    found = rows(artefacts({**INTERFACE, "m/Orders.xml": xml}), "data.unread")
    assert [(r["at"], r["reason"], r["text"], r["unit"]) for r in found] == [
        ("m/Orders.xml:4", "dynamic", "select * from ${table} where x = #{x}", "Orders.java"),
    ]  # fmt: skip


def test_mapper__a_fragment_of_another_mapper__is_put_in() -> None:
    sources = {
        **INTERFACE,
        "Orders.xml": _mapper(
            '<select id="a">select * <include refid="shop.Common.f"/> where x = 1</select>'
        ),
        "Common.xml": _mapper('<sql id="f">from common_orders</sql>', namespace="shop.Common"),
    }
    assert accesses(sources) == ["Orders.java common_orders read mapper"]


def test_mapper__fragments_in_a_circle__come_to_an_end() -> None:
    assert _done(
        '<sql id="f">x <include refid="f"/></sql><select id="a">select <include refid="f"/> from orders where x = 1</select>'
    ) in ([], ["orders read mapper"])


def test_mapper__of_a_namespace_that_is_no_type__belongs_to_no_unit() -> None:
    assert (
        accesses(
            {
                **INTERFACE,
                "m.xml": _mapper(
                    '<select id="a">select * from orders where x = 1</select>', namespace="Order"
                ),
            }
        )
        == []
    )


ANNOTATED = [
    ('@Select("select * from orders where id = #{id}")', ["orders read mapper"]),
    ('@Select("SELECT name FROM orders")', ["orders read mapper"]),
    ('@Insert({"insert into orders (x)", "values (#{x})"})', ["orders create mapper"]),
    ('@Update("update orders " + "set x = #{x} where id = #{id}")', ["orders update mapper"]),
    ('@Delete("delete from orders")', ["orders delete mapper"]),
    ('@Select({"<script>", "select * from orders", "<where><if test=\'x\'>x = #{x}</if></where>", "</script>"})', ["orders read mapper"]),
    ('@Select("<script>select * from orders where x = 1</script>")', ["orders read mapper"]),
    ('@SelectProvider(type = Texts.class, method = "all")', []),
    ('@Param("select") @Options(useGeneratedKeys = true)', []),
]  # fmt: skip


@pytest.mark.parametrize(("annotation", "expected"), ANNOTATED)
def test_mapper__annotations__are_what_the_interface_does(
    annotation: str, expected: list[str]
) -> None:
    found = accesses(
        {"Orders.java": f"{MYBATIS}interface Orders {{\n {annotation}\n Object m();\n}}"}
    )
    assert found == [f"Orders.java {each}" for each in expected]


def test_mapper__a_foreign_annotation_of_that_name__makes_nothing_sure() -> None:
    text = 'package shop;\nimport com.other.*;\ninterface Orders { @Delete("delete from orders") void a(); }'
    assert accesses({"Orders.java": text}) == []


@pytest.mark.parametrize(
    "content",
    [b"<project/>", b"<mappers/>", b"<mapper/>", b'<x:mapper xmlns:x="y"/>', b"no XML at all", b"\xff\xfe", b"",
     b'<config><mapper resource="shop/Orders.xml"/></config>'],
)  # fmt: skip
def test_read__xml_that_is_no_mapper__gives_nothing(content: bytes) -> None:
    assert read(content) == {}


@pytest.mark.parametrize(
    "content",
    [
        b'<mapper namespace="a.B"><select id="a">',
        b'<!DOCTYPE mapper [<!ENTITY x "y">]><mapper namespace="a.B"><select id="a">&x;</select></mapper>',
        b'<!DOCTYPE mapper [<!ENTITY x SYSTEM "file:///etc/passwd">]><mapper namespace="a.B"/>',
    ],
    ids=["broken", "entity", "file"],
)
def test_read__a_mapper_that_is_broken_or_declares_entities__is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"XML"):
        read(content)


def test_read__values_in_a_statement__are_left_out() -> None:
    assert "hunter22" not in str(
        read(_mapper("<select id='a'>select * from u where p = 'hunter22'</select>").encode())
    )


def test_is_settings__xml__of_the_jvm_family() -> None:
    assert is_settings("a/OrderMapper.xml", "jvm")
    assert not is_settings("a/OrderMapper.xml.bak", "jvm")
    assert not is_settings("a/OrderMapper.xml", "go")


BY_ID = {
    "m/orders.xml": _mapper(
        '<select id="all">select * from orders</select><delete id="none">delete from orders</delete>',
        "orders",
    ),
    "S.java": 'package shop;\nimport org.apache.ibatis.session.SqlSession;\nclass S { SqlSession session; void m() { session.selectList("orders.all"); session.selectOne("orders.other"); } }',
    "Decoy.java": 'package shop;\nimport my.SqlSession;\nclass Decoy { SqlSession session; Map map; void m() { session.delete("orders.none"); map.delete("orders.none"); } }',
}


def test_mapper__statement_called_by_its_id__is_done_by_who_calls_it() -> None:
    assert accesses(BY_ID) == ["S.java orders read mapper"]
